using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats;

/// <summary>Finds the lists of classes that writers leave beside label images.</summary>
internal static class ClassLists
{
    private const string Usual = "classes.csv", Beginning = "classes_", End = ".csv";

    /// <summary>The list in a folder; where each part of a dataset has one, which are the same, the first; null when
    /// there is none.</summary>
    public static PathLook? In(PathLook folder) => folder.Child(Usual) ??
        folder.Files.Where(f => f.StartsWith(Beginning, StringComparison.Ordinal) &&
            f.EndsWith(End, StringComparison.Ordinal)).Select(folder.Child).FirstOrDefault();
}
