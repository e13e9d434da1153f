package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.Runs;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the page is made from.
 *
 * @param runs read through connections of the page's own, as {@code reader} is
 * @param controls where what a person asks for is written down
 * @param holder finds, for a run, the lease of the living process that works on it
 * @param options to repeat in the commands that are suggested, with a blank before them; may be empty
 * @param progress of the run that this process works on, if it works on one
 */
public record RunArchive(
        Runs runs,
        RunReader reader,
        Controls controls,
        Function<Run, Optional<Lease>> holder,
        String options,
        LatestProgress progress) {

    /** Of a process that works on no run. */
    public RunArchive(
            Runs runs, RunReader reader, Controls controls, Function<Run, Optional<Lease>> holder, String options) {
        this(runs, reader, controls, holder, options, new LatestProgress());
    }
}
