using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using CourseLib.Kernels;

namespace CourseLib.Tests.Architecture;

/// <summary>The feed that the notebooks load the library from is what this build made, complete and fast.</summary>
public class FeedTests
{
    private static readonly string Package = Repository.Full($"artifacts/packages/CourseLib.{Repository.Version}.nupkg");

    [Fact]
    public void The_feed_holds_the_library_that_was_just_built()
    {
        using ZipArchive package = ZipFile.OpenRead(Package);
        using Stream packed = package.GetEntry("lib/net10.0/CourseLib.dll")!.Open();
        using MemoryStream bytes = new();
        packed.CopyTo(bytes);
        Assert.True(bytes.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(typeof(Generator).Assembly.Location)), $"{Package} holds another CourseLib.dll than the one under test");
        Assert.NotNull(package.GetEntry("lib/net10.0/CourseLib.xml"));
        Assert.NotNull(package.GetEntry("package.md"));
    }

    [Fact]
    public void The_library_is_optimised_in_every_configuration()
    {
        DebuggableAttribute? debuggable = (DebuggableAttribute?)Attribute.GetCustomAttribute(typeof(Generator).Assembly, typeof(DebuggableAttribute));
        Assert.False(debuggable?.IsJITOptimizerDisabled ?? false);
    }

    [Fact]
    public void The_feed_is_the_notebooks_only_source()
    {
        XElement sources = XDocument.Load(Repository.Full("notebooks/NuGet.config")).Root!.Element("packageSources")!;
        Assert.Equal(["clear", "add"], sources.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("../artifacts/packages", (string?)sources.Element("add")!.Attribute("value"));
    }

    /// <summary>What a notebook host does with the first cell, by a small program outside the repository: an empty package folder, no source but the feed.</summary>
    [Fact]
    public void The_package_restores_into_an_empty_cache_and_runs()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("courselib-feed-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "probe.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <UseAppHost>false</UseAppHost>
                    <NuGetAudit>false</NuGetAudit>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="CourseLib" Version="[{Repository.Version}]" />
                  </ItemGroup>
                </Project>
                """);
            File.WriteAllText(Path.Combine(folder.FullName, "Program.cs"), """
                using CourseLib.Tensors;
                Tensor w = Tensor.From([1f, 2f], 1, 2).AsParameter();
                Tensor y = w.MatMul(Tensor.From([3f, 4f], 2, 1));
                y.Backward();
                double gamma = MathNet.Numerics.SpecialFunctions.Gamma(5);
                Console.WriteLine(FormattableString.Invariant($"{typeof(Tensor).Assembly.GetName().Version!.ToString(3)} {y.Item()} {w.Grad[0, 1]} {Math.Round(gamma)}"));
                """);
            Dictionary<string, string?> environment = Repository.OutsideThisBuild();
            environment["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "packages");

            Repository.Run("dotnet", folder.FullName, environment, "restore", "--configfile", Repository.Full("notebooks/NuGet.config"), "-nodeReuse:false");
            Repository.Run("dotnet", folder.FullName, environment, "build", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-o", "out");
            string output = Repository.Run("dotnet", folder.FullName, environment, Path.Combine("out", "probe.dll"));

            Assert.Equal($"{Repository.Version.Split('-')[0]} 11 4 24", output.Trim());
            Assert.True(Directory.Exists(Path.Combine(folder.FullName, "packages", "courselib", Repository.Version)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Copies of this version that NuGet, Verso and .NET Interactive keep are removed when they are not this build's; nothing else is.</summary>
    [Fact]
    public void Stale_copies_are_dropped_and_others_stay()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("courselib-stale-");
        try
        {
            string library = typeof(Generator).Assembly.Location;
            string version = Repository.Version;
            string stalePackage = Write($"packages/courselib/{version}/courselib.{version}.nupkg.sha512", "of another build");
            string otherVersion = Write($"packages/courselib/{version}9/courselib.{version}9.nupkg.sha512", "of another version");
            string staleVerso = Write($"verso/net10.0-v2/CourseLib/{version}/CourseLib.dll", "another build");
            string otherVerso = Write($"verso/net10.0-v2/Other/{version}/Other.dll", "another package");
            string freshVerso = Write($"verso/net9.0-v2/CourseLib/{version}/CourseLib.dll", "");
            File.Copy(library, freshVerso, overwrite: true);
            string staleAnswer = Write("answers/a", $"/somewhere/CourseLib/{version}/lib/net10.0/CourseLib.dll");
            string otherAnswer = Write("answers/b", $"/somewhere/Other/{version}/lib/net10.0/Other.dll");

            string output = DropStaleCopies();

            Assert.DoesNotContain("COURSE0001", output, StringComparison.Ordinal);
            Assert.All([stalePackage, staleVerso, staleAnswer], file => Assert.False(File.Exists(file), $"{file} is still there"));
            Assert.All([otherVersion, otherVerso, freshVerso, otherAnswer], file => Assert.True(File.Exists(file), $"{file} is gone"));

            // A copy with the hash of the feed's package is this build's.
            using FileStream package = File.OpenRead(Package);
            string fresh = Write($"packages/courselib/{version}/courselib.{version}.nupkg.sha512", Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(package)));
            DropStaleCopies();
            Assert.True(File.Exists(fresh));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Write(string path, string text)
        {
            string full = Path.Combine(folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
            return full;
        }

        string DropStaleCopies() => Repository.Run("dotnet", Repository.Full("src/CourseLib"), Repository.OutsideThisBuild(), "msbuild", "-nologo", "-nodeReuse:false",
            "-t:NameFeedFiles;DropStaleCopies", $"-p:NuGetPackageRoot={Path.Combine(folder.FullName, "packages")}",
            $"-p:CourseVersoCache={Path.Combine(folder.FullName, "verso")}", $"-p:CourseInteractiveCache={Path.Combine(folder.FullName, "answers")}");
    }
}
