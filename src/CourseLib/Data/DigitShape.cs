namespace CourseLib.Data;

/// <summary>
/// One digit as it leaves the hand: strokes as polylines in pixel coordinates, before any ink. Made from a glyph by wobble, width, slant,
/// rotation and an elastic displacement, in the order in which a hand, a sheet and a scanner would change it.
/// </summary>
internal static class DigitShape
{
    private const int PiecesPerCurve = 6;
    private const int Grid = 4;

    /// <summary>The strokes of one written <paramref name="digit"/>, centred in an image of <paramref name="side"/> pixels.</summary>
    public static PlanePoint[][] Write(int digit, int side, DigitVariation how, ref DigitRandom random)
    {
        PlanePoint[][][] variants = DigitGlyphs.Of(digit);
        PlanePoint[][] glyph = variants[random.NextInt(variants.Length)];
        PlanePoint[][] strokes = new PlanePoint[glyph.Length][];
        for (int s = 0; s < glyph.Length; s++)
        {
            strokes[s] = Flatten(Wobbled(glyph[s], how.Wobble, ref random));
        }

        Bend(strokes, how, ref random);
        Displace(strokes, side, how.Elastic, ref random);
        Centre(strokes, side, how.Shift, ref random);
        return strokes;
    }

    private static PlanePoint[] Wobbled(PlanePoint[] stroke, double spread, ref DigitRandom random)
    {
        PlanePoint[] moved = new PlanePoint[stroke.Length];
        for (int i = 0; i < stroke.Length; i++)
        {
            // A corner is a point written twice: both copies move together.
            moved[i] = i > 0 && stroke[i] == stroke[i - 1]
                ? moved[i - 1]
                : new PlanePoint(stroke[i].X + spread * random.NextBell(), stroke[i].Y + spread * random.NextBell());
        }

        return moved;
    }

    /// <summary>The quadratic B-spline of a control polygon as a polyline: pieces between the middles of neighbouring points, straight at both ends.</summary>
    private static PlanePoint[] Flatten(PlanePoint[] control)
    {
        if (control.Length < 3)
        {
            return control;
        }

        List<PlanePoint> line = new() { control[0] };
        for (int i = 1; i < control.Length - 1; i++)
        {
            PlanePoint from = Middle(control[i - 1], control[i]);
            PlanePoint to = Middle(control[i], control[i + 1]);
            line.Add(from);
            for (int k = 1; k <= PiecesPerCurve; k++)
            {
                double t = k / (double)PiecesPerCurve;
                (double a, double b, double c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t);
                line.Add(new PlanePoint(a * from.X + b * control[i].X + c * to.X, a * from.Y + b * control[i].Y + c * to.Y));
            }
        }

        line.Add(control[^1]);
        return [.. line];
    }

    private static PlanePoint Middle(PlanePoint a, PlanePoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    /// <summary>Width, slant, rotation and size: the glyph box of 100 becomes pixels around the origin.</summary>
    private static void Bend(PlanePoint[][] strokes, DigitVariation how, ref DigitRandom random)
    {
        double width = random.Next(how.Narrowest, 1.15);
        double slant = random.Next(-how.Slant / 2, how.Slant);
        double scale = random.Next(how.Smallest, 20.5) / 100;

        // A direction without sine or cosine: the half-angle substitution gives an exact unit vector from its tangent.
        double t = random.Next(-how.Turn, how.Turn);
        (double cos, double sin) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t));
        Map(strokes, p =>
        {
            double y = p.Y - 50;
            double x = (p.X - 50) * width - y * slant;
            return new PlanePoint(scale * (cos * x - sin * y), scale * (sin * x + cos * y));
        });
    }

    /// <summary>Adds a smooth random field: independent vectors on a coarse grid over the image, blended by a cubic step between them.</summary>
    private static void Displace(PlanePoint[][] strokes, int side, double limit, ref DigitRandom random)
    {
        PlanePoint[] field = new PlanePoint[Grid * Grid];
        for (int i = 0; i < field.Length; i++)
        {
            field[i] = new PlanePoint(random.Next(-limit, limit), random.Next(-limit, limit));
        }

        Map(strokes, p =>
        {
            (int column, double u) = Cell(p.X, side);
            (int row, double v) = Cell(p.Y, side);
            (PlanePoint a, PlanePoint b) = (field[row * Grid + column], field[row * Grid + column + 1]);
            (PlanePoint c, PlanePoint d) = (field[(row + 1) * Grid + column], field[(row + 1) * Grid + column + 1]);
            double x = (1 - v) * ((1 - u) * a.X + u * b.X) + v * ((1 - u) * c.X + u * d.X);
            double y = (1 - v) * ((1 - u) * a.Y + u * b.Y) + v * ((1 - u) * c.Y + u * d.Y);
            return new PlanePoint(p.X + x, p.Y + y);
        });
    }

    /// <summary>The grid cell of a coordinate around the origin, and how far into it, smoothed by 3t^2 - 2t^3.</summary>
    private static (int Cell, double Blend) Cell(double coordinate, int side)
    {
        double position = Math.Clamp((coordinate / side + 0.5) * (Grid - 1), 0, Grid - 1.001);
        int cell = (int)position;
        double t = position - cell;
        return (cell, t * t * (3 - 2 * t));
    }

    /// <summary>Puts the centre of the line's length, which is nearly that of the ink, into the middle of the image (as MNIST does), then shifts it.</summary>
    private static void Centre(PlanePoint[][] strokes, int side, double limit, ref DigitRandom random)
    {
        double total = 0, sumX = 0, sumY = 0;
        foreach (PlanePoint[] line in strokes)
        {
            for (int i = 1; i < line.Length; i++)
            {
                (double dx, double dy) = (line[i].X - line[i - 1].X, line[i].Y - line[i - 1].Y);
                double length = Math.Sqrt(dx * dx + dy * dy);
                total += length;
                sumX += length * (line[i].X + line[i - 1].X) / 2;
                sumY += length * (line[i].Y + line[i - 1].Y) / 2;
            }
        }

        double middle = (side - 1) / 2.0;
        double shiftX = middle - sumX / total + random.Next(-limit, limit);
        double shiftY = middle - sumY / total + random.Next(-limit, limit);
        Map(strokes, p => new PlanePoint(p.X + shiftX, p.Y + shiftY));
    }

    private static void Map(PlanePoint[][] strokes, Func<PlanePoint, PlanePoint> change)
    {
        foreach (PlanePoint[] line in strokes)
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = change(line[i]);
            }
        }
    }
}
