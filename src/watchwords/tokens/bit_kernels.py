"""Machine instructions that numba has no name for."""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


@intrinsic
def load_bytes(typingctx, data, at):  # noqa: ARG001  (numba passes it)
    """Read eight bytes that need not be aligned, as one number."""

    def build(context, builder, signature, args):
        array = context.make_array(signature.args[0])(context, builder, args[0])
        place = builder.gep(array.data, [args[1]])
        wide = builder.bitcast(place, ir.IntType(64).as_pointer())
        return builder.load(wide, align=1)

    return types.uint64(data, types.int64), build


@intrinsic
def first_bit(typingctx, bits):  # noqa: ARG001  (numba passes it)
    """Count the zeros below the lowest one; 64 if there is none."""

    def build(context, builder, signature, args):  # noqa: ARG001  (numba passes it)
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), build
