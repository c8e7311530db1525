namespace ExpertPanel.Server.Screening;

/// <summary>Why a file is refused, in a sentence for whoever handed it in.</summary>
public static class FaultWords
{
    public static string Chinese(string name, string fault) => fault switch
    {
        FileFault.Kind => $"不能接收“{name}”这种文件。请提供 PDF、OFD、Word、Excel、图片、文本或 ZIP 文件。",
        FileFault.Encrypted => $"文件“{name}”设有打开密码，无法检查。请去掉密码后再传。",
        FileFault.Broken => $"文件“{name}”已损坏，或者压缩方式不能识别。请重新另存后再传。",
        FileFault.Nested => $"文件“{name}”里的压缩包层数过多或者不能检查。请解开后再传。",
        FileFault.Path => $"文件“{name}”内有指向别处的文件名，不能接收。请重新打包后再传。",
        FileFault.Dtd => $"文件“{name}”内含外部定义（DTD），不能接收。请重新另存后再传。",
        FileFault.Program => $"文件“{name}”内含可执行程序，不能接收。",
        _ => $"文件“{name}”展开后过大，不能接收。请拆分后再传。",
    };

    public static string English(string name, string fault) => fault switch
    {
        FileFault.Kind => $"The kind of {name} is not accepted. Provide PDF, OFD, Word, Excel, a picture, text or ZIP.",
        FileFault.Encrypted => $"{name} asks for a password and can't be checked. Remove the password and try again.",
        FileFault.Broken => $"{name} is damaged or packed in an unknown way. Save it anew and try again.",
        FileFault.Nested => $"{name} has archives within archives that can't be checked. Unpack it and try again.",
        FileFault.Path => $"{name} has names in it that point elsewhere. Pack it anew and try again.",
        FileFault.Dtd => $"{name} has an external definition (DTD) in it and is not accepted. Save it anew and try again.",
        FileFault.Program => $"{name} has a program in it and is not accepted.",
        _ => $"{name} unfolds to too much. Split it and try again.",
    };
}
