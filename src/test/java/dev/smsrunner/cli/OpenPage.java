package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.database.Database;
import dev.smsrunner.support.SuggestedCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Live page of a database, served within this process as by the command {@code dashboard}. */
public final class OpenPage implements AutoCloseable {

    private final Database database;
    private final RunDashboard.ServedPage page;

    /** Serves the page of the embedded database of a data directory. */
    public OpenPage(Path data) throws IOException {
        this.database = Database.open(data, null, Map.of());
        var nowhere = new PrintStream(new ByteArrayOutputStream());
        var common = new CommonOptions(new CommandContext(
                nowhere,
                nowhere,
                false,
                false,
                Map.of(),
                SuggestedCommands.PROGRAM,
                Clock.systemUTC(),
                time -> Thread.sleep(time.toMillis()),
                CommandContext.ofProcess().alive()));
        this.page = RunDashboard.ServedPage.at(0, common, database);
    }

    /** Address with the token. */
    public String address() {
        return page.dashboard().address();
    }

    @Override
    public void close() {
        page.close();
        database.close();
    }
}
