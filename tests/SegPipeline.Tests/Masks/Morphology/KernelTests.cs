using System.Security.Cryptography;
using SegPipeline.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Morphology;

public sealed class KernelTests
{
    [Theory]
    [InlineData(1, 1, "#")]
    [InlineData(2, 2, ".# ##")]
    [InlineData(3, 3, ".#. ### .#.")]
    [InlineData(5, 5, "..#.. ##### ##### ##### ..#..")]
    [InlineData(4, 4, "..#. #### #### ####")]
    [InlineData(3, 5, "..#.. ##### ..#..")]
    [InlineData(1, 3, ".#.")]
    [InlineData(7, 7, "...#... .#####. ####### ####### ####### .#####. ...#...")]
    public void An_ellipse_has_the_cells_of_OpenCV(int heightPx, int widthPx, string rows) =>
        Assert.Equal(rows, Rows(Kernel.Ellipse(heightPx, widthPx)));

    [Fact]
    public void The_ellipses_of_all_small_sizes_have_the_digest_of_those_of_OpenCV()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int height = 1; height < 60; height++)
            for (int width = 1; width < 60; width++)
                digest.AppendData([.. Rows(Kernel.Ellipse(height, width)).Where(c => c != ' ')
                    .Select(c => c == '#' ? (byte)1 : (byte)0)]);
        Assert.Equal(
            "b960ca10e0fff0a7aae14ebe47582e8c07eb8285af9e70d9d2f5ab12dceffe5d",
            Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    [Fact]
    public void A_disk_of_even_side_reaches_farther_up_and_left()
    {
        Kernel kernel = Kernel.Disk(10);
        Assert.Equal(79, Rows(kernel).Count(c => c == '#'));
        Assert.Equal((5, 5), (kernel.AnchorX, kernel.AnchorY));
        Assert.Equal(".#. ### .#.", Rows(Kernel.Disk(3)));
        Assert.Equal("..#.. .###. ##### .###. ..#..", Rows(Kernel.Disk(5)));
    }

    [Fact]
    public void A_reflected_kernel_is_turned_about_its_anchor()
    {
        Kernel kernel = Kernel.FromRowMajor(2, 3, [1, 0, 0, 1, 1, 0]).WithAnchor(0, 1);
        Kernel turned = kernel.Reflected();
        Assert.Equal(".## ..#", Rows(turned));
        Assert.Equal((2, 0), (turned.AnchorX, turned.AnchorY));
        Assert.Equal(Rows(kernel), Rows(turned.Reflected()));
    }

    [Fact]
    public void What_is_not_a_kernel_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Kernel.FromRowMajor(2, 2, [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => Kernel.FromRowMajor(2, 2, [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => Kernel.Rectangle(0, 3));
        Assert.Throws<ArgumentException>(() => Kernel.Ellipse(3, Kernel.MaxSidePx + 1));
        Assert.Throws<ArgumentException>(() => Kernel.Disk(-1));
        Assert.Throws<ArgumentException>(() => Kernel.Rectangle(3, 3).WithAnchor(3, 0));
        Assert.Throws<ArgumentException>(() => Kernel.Rectangle(3, 3).WithAnchor(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Kernel.Rectangle(3, 3)[3, 0]);
    }

    private static string Rows(Kernel kernel) => string.Join(' ', Enumerable.Range(0, kernel.HeightPx).Select(
        y => string.Concat(Enumerable.Range(0, kernel.WidthPx).Select(x => kernel[x, y] ? '#' : '.'))));
}
