namespace CourseLib.Charts.Layout;

/// <summary>A rectangle in the pixels of the figure, y downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}
