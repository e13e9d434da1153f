package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.SuggestedCommands;
import java.util.Optional;
import java.util.function.Function;

/**
 * Data sources of the page.
 *
 * @param runs read through the page's own connections, like {@code reader}
 * @param controls where the page records requests
 * @param actor operator whose process serves the page
 * @param holder finds the lease of the live process that works on a run
 * @param suggested next commands of a run
 * @param progress latest progress of this process's run, empty without a run
 */
public record RunArchive(
        Runs runs,
        RunReader reader,
        Controls controls,
        Actor actor,
        Function<Run, Optional<Lease>> holder,
        SuggestedCommands suggested,
        LatestProgress progress) {

    /** For a process without a run of its own. */
    public RunArchive(
            Runs runs,
            RunReader reader,
            Controls controls,
            Actor actor,
            Function<Run, Optional<Lease>> holder,
            SuggestedCommands suggested) {
        this(runs, reader, controls, actor, holder, suggested, new LatestProgress());
    }
}
