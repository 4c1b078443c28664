namespace SegPipeline.Cli.Progress;

/// <summary>A way to show progress.</summary>
internal interface IProgressView
{
    /// <summary>Time between two showings.</summary>
    TimeSpan Interval { get; }

    /// <summary>True when it is to be shown again even though nothing has changed (rates fall, clocks tick).</summary>
    bool IsAlive { get; }

    /// <summary>Shows a reading.</summary>
    void Show(ProgressReading reading);

    /// <summary>Nothing more will be shown: leaves the terminal as other text needs it.</summary>
    void Close();
}
