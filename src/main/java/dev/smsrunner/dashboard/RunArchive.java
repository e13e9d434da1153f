package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.Runs;
import java.util.Optional;
import java.util.function.Function;

/**
 * Data sources of the page.
 *
 * @param runs read through the page's own connections, like {@code reader}
 * @param controls where the page records requests
 * @param holder finds the lease of the live process that works on a run
 * @param options command line options for suggested commands, with a leading blank; may be empty
 * @param progress latest progress of this process's run, empty without a run
 */
public record RunArchive(
        Runs runs,
        RunReader reader,
        Controls controls,
        Function<Run, Optional<Lease>> holder,
        String options,
        LatestProgress progress) {

    /** For a process without a run of its own. */
    public RunArchive(
            Runs runs, RunReader reader, Controls controls, Function<Run, Optional<Lease>> holder, String options) {
        this(runs, reader, controls, holder, options, new LatestProgress());
    }
}
