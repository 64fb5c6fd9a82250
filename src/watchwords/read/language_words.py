"""Small words of languages in Latin letters, and words that English headlines are made of."""

SMALL_WORDS = {
    "en": "the of and to in is that for it on was with as are by be this from at an not have has "
    "its will we our which or were been their also should must it's all new over more after up "
    "about between into against under says said a i he she they you your who what when where "
    "there then than can could would do does did no me us them his her him my but or if these "
    "those such so had being through during before because while how any each other only some "
    "may might shall very most many both out off per via toward towards without within among non",
    "fr": "le la les des et du une un est dans que qui pour sur au aux ce cette par plus ne pas "
    "il elle nous vous avec sont être a été ont son ses leur mais ou où d l qu en de se comme "
    "ces cet entre sans sous leurs notre nos fait même tout tous",
    "de": "der die das und ist in den von zu mit sich des auf für nicht ein eine einer dem im als "
    "auch es an werden aus er hat dass sie nach wird bei um am sind noch wie wir über einen "
    "einem zur zum vor durch oder haben kann unter diese dieser nur mehr war wurde",
    "es": "el la los las de y en que es un una por con para del se no al lo como más su sus fue "
    "este esta son entre ha han pero sobre también sin desde hasta muy cuando nos ser está",
    "it": "il lo la gli le di e che un una per in con del della dei delle non è sono da al alla "
    "nel nella si più come anche ha questo questa dal sul sulla i degli alle ai ma o ed nei "
    "tra stato essere loro",
    "pt": "o a os as de e que do da dos das em um uma para com por não no na nos nas se é ao mais "
    "foi são como também pela pelo seu sua entre à ou mas pelos pelas esta este muito ser",
    # Languages that are not told apart further: their words keep a text from being taken for one
    # of those above.
    "nl": "de het een van en niet dat die in is op te zijn met voor aan er ook als bij door maar "
    "naar uit dan nog wordt worden deze heeft hebben tot over om zich",
    "sv": "och att det som en på är av för med till den har inte om ett han men var jag sig från "
    "vi så kan när år de ska eller",
    "da": "og at det som en på er af for med til den har ikke om et han men var jeg sig fra vi så "
    "kan når år de skal eller",
    "pl": "i w na z do nie się to że jest od po za przez jak dla ale są był oraz ich o tym które "
    "który tego",
    "tr": "ve bir bu da de için ile olarak daha çok olan gibi en kadar sonra ise ancak var ne o",
    "id": "yang dan di ini itu dengan untuk dari pada dalam tidak akan oleh telah juga sebagai "
    "adalah ke para bagi",
    "vi": "và của là có được trong cho các với không những một người đã này để ở về khi",
    "ro": "și de în la cu care pe nu este din mai pentru sau dar au un o a fi ca",
    "cs": "a v se na je že s z do o k jako ale by pro jsou si ve který po",
    "fi": "ja on ei että se oli hän ovat mutta joka kun niin tai myös",
    "hu": "a az és hogy nem is egy van ez meg de ha csak már",
}
LETTERS = {
    "fr": "éèêàçùâîôûëïœ",
    "de": "äöüß",
    "es": "áéíóúñ¿¡",
    "it": "àèéìòù",
    "pt": "ãõáéíóúâêôç",
}
COMMON_ENGLISH = (
    "access accord action advance agency agreement agriculture airport alliance anniversary "
    "announces annual approach approves area army attends authorities bank begins bill board "
    "border bridge brief briefing budget building bureau business calls campaign capital carbon "
    "case center central centre ceremony chair chairman change chief chiefs children china's city "
    "civil clean climate coal committee communique conference congress construction cooperation "
    "council country county court crisis culture data day deal debate decision deep defence "
    "defense delegation department deputy development dialogue digital direct director discusses "
    "district document draft drive duty early east economic economy education efforts elected "
    "election emergency employment energy enlarged enterprise environment event exchange "
    "executive exports external family farm fight final finance financial first fiscal flood food "
    "force foreign forum free full fund future general global goal goals government green group "
    "growth head health held help high highlights holds home hospital house housing human "
    "implementation important improve industrial industry information innovation inspection "
    "inspects international investment issue issues joint key labor labour land large law leader "
    "leaders leading learning letter level life list local long main major man market mayor "
    "measures media meet meeting meets member members message military minister ministry model "
    "modern month municipal national natural network news north notice office official officials "
    "oil open opening opens opinions order outlook park party peace people performance plan "
    "planning plans plenary policy political port poverty power premier presidency president "
    "press price prices private problem problems production program progress project promote "
    "public quality question rail rate reform reforms region regional regulations relations "
    "release remarks report reports research resolution response review rise risk river road rule "
    "rules rural safety sales school science sea second secretary sector security senate service "
    "services session shows social soft south speaker special speech spirit standing state "
    "statement stay steady stone strategy street strong study summit supply support system talks "
    "task tax team technology term third time tour trade training transport treaty trial two "
    "union united urban values victory village visit visits vote war water weather week welfare "
    "west white women work workers working world year years young youth"
)
# Signs of modern Japanese that neither mainland nor traditional Chinese prints.
JAPANESE_SIGNS = (
    "円駅県沢浜鉄労働圏関戦対応経済発気実転伝広売読変験権歩"
    "黒残浅拡総囲栄営覚単壊帰徳仮価効択込峠畑辻匂枠"
)
