using System.Buffers.Binary;
using System.Text;

namespace ExpertPanel.Tests.Mail.Inbox;

/// <summary>Writes a winmail.dat as [MS-OXTNEF] has it: a text, and files.</summary>
internal static class Winmail
{
    private const byte OfMessage = 1;
    private const byte OfFile = 2;

    public static byte[] Of(string? text, params (string Name, byte[] Content)[] files)
    {
        using var tnef = new MemoryStream();
        tnef.Write([0x78, 0x9F, 0x3E, 0x22, 0x01, 0x00]);
        Attribute(tnef, OfMessage, 0x00089006, [0x00, 0x00, 0x01, 0x00]);
        Attribute(tnef, OfMessage, 0x00069007, [0xE9, 0xFD, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]);
        Attribute(tnef, OfMessage, 0x00078008, "IPM.Microsoft Mail.Note\0"u8.ToArray());
        if (text is not null) Attribute(tnef, OfMessage, 0x0002800C, [.. Encoding.UTF8.GetBytes(text), 0]);
        foreach (var (name, content) in files)
        {
            Attribute(tnef, OfFile, 0x00069002, [0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x20, 0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00]);
            Attribute(tnef, OfFile, 0x00018010, [.. Encoding.ASCII.GetBytes(name), 0]);
            Attribute(tnef, OfFile, 0x0006800F, content);
        }

        return tnef.ToArray();
    }

    private static void Attribute(MemoryStream tnef, byte level, int tag, byte[] content)
    {
        Span<byte> head = stackalloc byte[9];
        head[0] = level;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], tag);
        BinaryPrimitives.WriteInt32LittleEndian(head[5..], content.Length);
        tnef.Write(head);
        tnef.Write(content);
        Span<byte> sum = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(sum, (ushort)content.Sum(b => b));
        tnef.Write(sum);
    }
}
