using System.Globalization;
using System.Runtime.InteropServices;
using SegPipeline.Cli;
using SegPipeline.Cli.Output;

// Messages look the same on every machine: 0.5 is never 0,5.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
using var cancel = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
EndOfInput.CancelAt(cancel);
return await Segpipe.InvokeAsync(args, Terminal.OfProcess(), cancel.Token);

// The first signal asks for an orderly end; a second one ends the process as if there were no handler.
void Cancel(PosixSignalContext context)
{
    context.Cancel = !cancel.IsCancellationRequested;
    cancel.Cancel();
}
