using SegPipeline.Model;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>The folder of an image.</summary>
/// <param name="id">Its name.</param>
internal sealed class MaskFolder(string id)
{
    private readonly List<ListedFile> _pictures = [];

    /// <summary>Its name, which is the id of the image.</summary>
    public string Id => id;

    /// <summary>The masks, in ordinal order of their names.</summary>
    public List<ListedFile> Masks { get; } = [];

    /// <summary>The picture: the file whose name without extension is the id, and no other.</summary>
    /// <exception cref="BadDataException"><c>PICTURE</c>: there is none, or more than one.</exception>
    public ListedFile Picture(string root)
    {
        ListedFile[] found = [.. _pictures.Where(IsNamedAfterId)];
        if (found.Length == 1) return found[0];
        IEnumerable<string> names = (found.Length > 1 ? found : [.. _pictures]).Select(p => $"'{p.FileName}'");
        throw new BadDataException(new Problem("PICTURE",
            $"expected one picture images/{id}.png, found {string.Join(", ", names.DefaultIfEmpty("none"))}")
        {
            File = $"{root}/{id}",
            Remedy = "name the picture after its folder, or take the folder away",
        });
    }

    /// <summary>How many pictures are not that of the image.</summary>
    public int OtherPictures => _pictures.Count(p => !IsNamedAfterId(p));

    /// <summary>Takes a picture.</summary>
    public void AddPicture(ListedFile file) => _pictures.Add(file);

    private bool IsNamedAfterId(ListedFile picture) =>
        picture.FileName[..^picture.Extension.Length].SequenceEqual(id);
}
