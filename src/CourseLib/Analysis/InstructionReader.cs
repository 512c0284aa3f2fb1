using System.Reflection;
using System.Reflection.Emit;

namespace CourseLib.Analysis;

/// <summary>One instruction of a method.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">The number, text, type or member that it names; null for none and for jumps.</param>
/// <param name="Targets">Where it may jump to.</param>
internal sealed record Instruction(int Offset, OpCode Code, object? Operand, int[] Targets);

/// <summary>Reads the instructions that a compiler made of a method (ECMA-335, part III).</summary>
internal static class InstructionReader
{
    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly Dictionary<string, OpCode> ByName = Codes.Values.ToDictionary(code => code.Name!);

    /// <summary>The instructions in order.</summary>
    public static IEnumerable<Instruction> Read(MethodInfo method)
    {
        byte[] bytes = method.GetMethodBody()!.GetILAsByteArray()!;
        Type[] ofType = method.DeclaringType?.GetGenericArguments() ?? [], ofMethod = method.GetGenericArguments();
        for (int at = 0; at < bytes.Length;)
        {
            int offset = at;
            short value = bytes[at++];
            if (value == 0xfe)
            {
                value = (short)((0xfe << 8) | bytes[at++]); // instructions of two bytes begin with this one
            }

            OpCode code = Codes[value];
            object? operand = null;
            int[] targets = [];
            int size = 4;
            switch (code.OperandType)
            {
                case OperandType.InlineNone: size = 0; break;
                case OperandType.ShortInlineBrTarget: size = 1; targets = [at + size + (sbyte)bytes[at]]; break;
                case OperandType.InlineBrTarget: targets = [at + size + BitConverter.ToInt32(bytes, at)]; break;
                case OperandType.InlineSwitch:
                    int count = BitConverter.ToInt32(bytes, at), table = at + 4;
                    size = 4 * (count + 1);
                    int end = at + size;
                    targets = [.. Enumerable.Range(0, count).Select(i => end + BitConverter.ToInt32(bytes, table + (4 * i)))];
                    break;
                case OperandType.ShortInlineI when code == OpCodes.Ldc_I4_S: size = 1; operand = (sbyte)bytes[at]; break;
                case OperandType.ShortInlineI or OperandType.ShortInlineVar: size = 1; operand = bytes[at]; break;
                case OperandType.InlineVar: size = 2; operand = BitConverter.ToInt16(bytes, at); break;
                case OperandType.InlineI: operand = BitConverter.ToInt32(bytes, at); break;
                case OperandType.ShortInlineR: operand = BitConverter.ToSingle(bytes, at); break;
                case OperandType.InlineI8: size = 8; operand = BitConverter.ToInt64(bytes, at); break;
                case OperandType.InlineR: size = 8; operand = BitConverter.ToDouble(bytes, at); break;
                case OperandType.InlineString: operand = method.Module.ResolveString(BitConverter.ToInt32(bytes, at)); break;
                default: operand = method.Module.ResolveMember(BitConverter.ToInt32(bytes, at), ofType, ofMethod); break;
            }

            yield return new(offset, code, operand, targets);
            at += size;
        }
    }

    /// <summary>The form of a jump that reaches anywhere.</summary>
    public static OpCode Long(OpCode jump) => jump.OperandType == OperandType.ShortInlineBrTarget ? ByName[jump.Name![..^".s".Length]] : jump;
}
