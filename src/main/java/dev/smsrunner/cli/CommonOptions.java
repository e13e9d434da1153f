package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.database.UnsafeDirectoryException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command has. Use it as a {@code @Mixin}. */
final class CommonOptions {

    private static final String DATABASE_URL = "SMS_RUNNER_DB_URL";

    /** A path that the embedded database takes as it stands. */
    static final class DataPath implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            try {
                var path = Path.of(text);
                PrivateDirectory.rejectUnsupportedPath(path);
                return path;
            } catch (InvalidPathException | UnsafeDirectoryException ex) {
                throw new TypeConversionException(ex.getMessage());
            }
        }
    }

    private final CommandContext at;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            converter = DataPath.class,
            description = "By default ${DEFAULT-VALUE}: where the embedded database and the logs are.")
    Path data = Path.of("./data");

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "JDBC URL of a PostgreSQL database instead of the embedded one (default: the environment's "
                    + DATABASE_URL + ", if set). User and password are SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD.")
    private @Nullable String databaseUrl;

    @Option(names = "--json", description = "Print the result as JSON on stdout.")
    boolean json;

    @Option(names = "--no-color", description = "No colours; the environment's NO_COLOR does the same.")
    private boolean noColor;

    @Option(names = "--quiet", description = "No progress, only the result and errors.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    CommonOptions(CommandContext at) {
        this.at = at;
    }

    /** The operator's console as these options want it. */
    Console console() {
        return new Console(at, noColor, quiet);
    }

    /** Where the command runs. */
    CommandContext surroundings() {
        return at;
    }

    Clock clock() {
        return at.clock();
    }

    Map<String, String> environment() {
        return at.environment();
    }

    /** The JDBC URL that the option or the environment gives, null for the embedded database. */
    @Nullable
    String databaseUrl() {
        var url = databaseUrl != null ? databaseUrl : at.environment().get(DATABASE_URL);
        return url == null || url.isBlank() ? null : url;
    }

    /** Tells a person when others on the network could read what goes to the database. */
    void tellExposure() {
        var url = databaseUrl();
        if (url != null) {
            Database.exposure(url).ifPresent(text -> console().say("warning: " + Console.safe(text)));
        }
    }

    /** Opens the database; the embedded one is created where there is none. */
    Database openDatabase() {
        return Database.open(data, databaseUrl(), at.environment());
    }

    /** Whether there is a database to read; asking does not create one. */
    boolean hasDatabase() {
        return databaseUrl() != null || Database.existsIn(data);
    }

    /** The password that the runner gave to the embedded database; empty when another is used. */
    Optional<String> databasePassword() {
        return databaseUrl() == null ? Database.embeddedPassword(data) : Optional.empty();
    }

    /** The options to repeat in a command that is suggested, with a blank before them; empty where they are the usual. */
    String toRepeat() {
        if (databaseUrl != null) {
            return " --db " + quoted(databaseUrl);
        }
        return databaseUrl() != null || data.equals(Path.of("./data")) ? "" : " --data " + quoted(data.toString());
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The place that messages name: where the runs are kept. */
    String place() {
        return databaseUrl() == null
                ? data.toAbsolutePath().normalize().toString()
                : "the database given with --db or " + DATABASE_URL;
    }
}
