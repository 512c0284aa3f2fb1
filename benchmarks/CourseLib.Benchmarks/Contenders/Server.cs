using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>A contender as a process: answers one line for each line that it reads, until there are no more.</summary>
/// <param name="contender">Who answers.</param>
internal sealed class Server(IContender contender)
{
    private const int CallsAgain = 5;

    private string current = "";
    private Prepared? prepared;
    private double estimate;

    /// <summary>Makes the contender of a name and serves it.</summary>
    public static int Run(string name)
    {
        try
        {
            IContender contender = name switch
            {
                "courselib" => new CourseLibContender(),
                "openblas" => BlasContender.OpenBlas(),
                "blis" => BlasContender.Blis(),
                "mathnet" => new MathNetContender(),
                "tensorprimitives" => new TensorPrimitivesContender(),
                _ => throw new NotSupportedException($"there is no contender {name}"),
            };
            Say(new(Answer.Hello, [], contender.Version));
            new Server(contender).Loop();
            return 0;
        }
        catch (NotSupportedException e)
        {
            Say(Answer.Without(e.Message));
            return 0;
        }
    }

    private void Loop()
    {
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            Answer answer;
            try
            {
                answer = Do(Request.Parse(line));
            }
            catch (Exception e)
            {
                // Whatever a library throws is a reason for a missing row, not for the end of the comparison.
                answer = Answer.Without(e.Message);
            }

            Say(answer);
        }
    }

    private Answer Do(Request request)
    {
        if (request.Kind == Request.Check)
        {
            current = "";
            return Numbers.DigestOf(contender.Prepare(request.Work).Result()).ToAnswer();
        }

        bool isNew = request.Work != current;
        if (isNew || request.Calls > 0)
        {
            prepared = contender.Prepare(request.Work);
            current = request.Work;
            GC.Collect();
            // What is only prepared anew has been compiled; a few calls fill its caches.
            estimate = Sampler.WarmUp(prepared.Call, isNew ? Sampler.CallsUntilOptimised : CallsAgain, request.Seconds);
        }

        if (request.Kind == Request.Beside)
        {
            return Slice.ToAnswer(Slicer.Take(prepared!.Call, estimate, WorkCatalog.Find(request.Work).Flops, request.Seconds, request.Calls));
        }

        return new(Answer.Times, Sampler.Take(prepared!.Call, estimate, request.Seconds, request.Calls), "");
    }

    private static void Say(Answer answer)
    {
        Console.WriteLine(answer.ToLine());
        Console.Out.Flush();
    }
}
