using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

public sealed class LabelTaxonomyTests
{
    private const string Remedy = "; correct the file; a CSV has a first row that names the columns, among them a " +
        "label (Idx) and a name, YAML is a map of label to name [TAXONOMY]";

    [Theory]
    [InlineData("t.csv", "Idx,Ratio,Train,Val,Stuff,Name\n1,0.1,2,3,1,wall\n2,0.1,2,3,0,bed\n", "1 wall|2 bed")]
    [InlineData("t.txt", "Idx\tRatio\tTrain\tVal\tName\n2\t0.1\t1\t1\tbuilding, edifice\n", "2 building, edifice")]
    [InlineData("t.csv", "name,r,g,b\r\nSky,1,2,3\r\nRoad,4,5,6\r\n", "0 Sky|1 Road")]
    [InlineData("t.csv", "0,sky\n7,\"a, b\"\n", "0 sky|7 a, b")]
    [InlineData("t.csv", "id;name\n5;x\n", "5 x")]
    [InlineData("t.yaml", "1: wall\n2: { name: bed, color: [1, 2, 3], isthing: 1 }\n", "1 wall|2 bed")]
    [InlineData("t.json", "{\"1\": \"wall\"}", "1 wall")]
    public void Labels_and_names_are_found_by_the_names_of_columns(string file, string text, string classes) =>
        Assert.Equal(classes, string.Join('|', Read(file, text).Categories.Select(c => $"{c.Id} {c.Name}")));

    [Theory]
    [InlineData("t.csv", "Idx,Name\n1,a\n1,b\n", "t.csv:3: label 1 has a name already")]
    [InlineData("t.csv", "Idx,Name\nx,a\n", "t.csv:2: expected a label from 0 to 65536 and a name, found 'x,a'")]
    [InlineData("t.csv", "Idx,Name\n1,a,b\n", "t.csv:2: expected 2 fields as in the first row, found 3")]
    [InlineData("t.csv", "Idx,Title\n1,a\n", "t.csv:1: expected a column 'name', found Idx, Title")]
    [InlineData("t.csv", "name,r,g,b\na,1,2,300\n",
        "t.csv:2: expected a colour of three numbers from 0 to 255, found '1,2,300'")]
    [InlineData("t.csv", "name,r,g,b\na,1,2,3\nb,1,2,3\n", "t.csv:3: 'b' has the colour of 'a', (1, 2, 3)")]
    [InlineData("t.csv", "Idx,Stuff,Name\n1,2,a\n", "t.csv:2: expected 0 or 1 as stuff, found '2'")]
    [InlineData("t.csv", "Idx,Name\n1,\"a\n", "t.csv:2: a quote is opened and never closed; correct the row, or name " +
        "the file that is meant [CSV_QUOTES]", "")]
    [InlineData("t.yaml", "x: wall\n", "t.yaml:1: expected a label from 0 to 65536, found 'x'")]
    [InlineData("t.yaml", "1: { title: wall }\n",
        "t.yaml:1: expected name, supercategory, isthing or color, found 'title'")]
    public void A_file_that_is_something_else_is_bad(
        string file, string text, string message, string remedy = Remedy) =>
        Assert.Equal(message + remedy,
            Assert.Throws<BadDataException>(() => Read(file, text)).Problems[0].ToString());

    [Fact]
    public void What_only_panoptic_formats_know_stands_in_the_record_of_the_category()
    {
        LabelTaxonomy taxonomy = Read("t.csv", "Idx,Stuff,Name,r,g,b\n1,1,wall,10,20,30\n");
        Assert.Equal("""{"id": 1, "name": "wall", "isthing": 0, "color": [10, 20, 30]}""",
            System.Text.Encoding.UTF8.GetString(taxonomy.Categories[0].SourceRecord!.Value.Load()));
    }

    private static LabelTaxonomy Read(string file, string text)
    {
        using var folder = new TempFolder();
        return LabelTaxonomy.Read(new InputPath(file, folder.Write(file, text)));
    }
}
