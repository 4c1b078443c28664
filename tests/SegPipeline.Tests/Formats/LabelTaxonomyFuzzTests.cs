using System.Text;
using SegPipeline.Formats;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

/// <summary>Lists of classes that somebody's hands have been in.</summary>
[Trait("Category", "Fuzz")]
public sealed class LabelTaxonomyFuzzTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("t.csv", "Idx,Stuff,Name,supercategory,r,g,b\n1,1,wall,\"a \"\"b\"\"\",10,20,30\n2,0,bed,,4,5,6\n")]
    [InlineData("t.csv", "name\tcolor\nSky\t(1, 2, 3)\nRoad\t[4 5 6]\n")]
    [InlineData("t.csv", "0;sky\n7;\"a; b\"\n")]
    [InlineData("t.yaml", "1: wall\n2: { name: bed, supercategory: x, color: [1, 2, 3], isthing: 1 }\n3: &a 'y'\n")]
    public void A_list_of_classes_is_read_or_refused_in_words(string file, string good)
    {
        byte[][] pieces = [.. new[] { ",", "\n", "\"", "\t", ";", "-1", "65537", "99999999999", "{", "}", "[", "*a",
            ": ", "&b ", "\uFEFF", "\0", "name", "idx", "r", "!!x ", "---\n", "<<" }.Select(Encoding.UTF8.GetBytes)];
        var fuzzer = new MutationFuzzer("taxonomy " + file, [Encoding.UTF8.GetBytes(good)])
        {
            MaxAllocatedBytes = 1 << 25,
            OrdinaryInputs = 600,
            Spoil = number => TextSpoiler.Spoil(good, pieces, number),
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(_temp[file], input);
            var taxonomy = LabelTaxonomy.Read(InputPath.Of(_temp[file]));
            Assert.All(taxonomy.Categories, c => Assert.InRange(c.Id.Number, 0, 65536));
            return true;
        });
    }
}
