package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseSettingException;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.database.UnsafeDirectoryException;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.run.lease.ProcessIdentity;
import dev.smsrunner.support.FileNameEncoding;
import dev.smsrunner.support.SuggestedCommands;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every command; a {@code @Mixin}. */
final class CommonOptions {

    private static final String DATABASE_URL = "SMS_RUNNER_DB_URL";

    /** Converter of paths that the embedded database accepts unchanged. */
    static final class DataPath implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("the directory is empty; give a path, or leave --data out");
            }
            var path = path(text);
            try {
                PrivateDirectory.rejectUnsupportedPath(path);
                return path;
            } catch (UnsafeDirectoryException ex) {
                throw new TypeConversionException(ex.getMessage());
            }
        }
    }

    /** Converts an argument to a path. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException ex) {
            throw new TypeConversionException("the path '%s' %s"
                    .formatted(text, FileNameEncoding.problemOf(text, "is not a path: " + ex.getReason())));
        }
    }

    private final CommandContext context;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            converter = DataPath.class,
            description = "Directory of the embedded database and the logs (default: ${DEFAULT-VALUE}).")
    Path data = Path.of("./data");

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "JDBC URL of a PostgreSQL database instead of the embedded one (default: " + DATABASE_URL
                    + ", if set). User and password: SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD.")
    private @Nullable String databaseUrl;

    @Option(names = "--json", description = "Print the result as JSON on stdout.")
    boolean json;

    @Option(names = "--no-color", description = "No colours, as with NO_COLOR in the environment.")
    private boolean noColor;

    @Option(names = "--quiet", description = "Print no progress, only the result and errors.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    CommonOptions(CommandContext context) {
        this.context = context;
    }

    /** Console with these options. */
    Console console() {
        return new Console(context, noColor, quiet);
    }

    /** Context of the command. */
    CommandContext context() {
        return context;
    }

    Clock clock() {
        return context.clock();
    }

    Map<String, String> environment() {
        return context.environment();
    }

    /**
     * Operator who gives the command.
     *
     * @throws CommandException when the environment names an invalid one
     */
    Actor actor() {
        try {
            return Actor.of(environment(), System.getProperty("user.name", ""), ProcessIdentity.host());
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    /**
     * Checks the form of the database URL and its login, also for a command that does not open the database.
     *
     * @throws RuntimeException when one of them is malformed or forbidden
     */
    void verifyDatabaseSettings() {
        var url = databaseUrl();
        if (url == null) {
            return;
        }
        try {
            Database.verifyUrl(url);
        } catch (DatabaseSettingException ex) {
            throw CommandException.badInput(
                    "%s: %s".formatted(databaseUrl == null ? DATABASE_URL : "--db", ex.getMessage()));
        }
        Database.verifyLogin(environment());
    }

    /** JDBC URL of the option or the environment, null for the embedded database. */
    @Nullable
    String databaseUrl() {
        if (databaseUrl != null && databaseUrl.isBlank()) {
            throw CommandException.badInput(
                    "--db is empty. Give the URL of the database, or leave --db out to use %s or the embedded database."
                            .formatted(DATABASE_URL));
        }
        var url = databaseUrl != null ? databaseUrl : context.environment().get(DATABASE_URL);
        return url == null || url.isBlank() ? null : url.strip();
    }

    /** Warns when the database connection is not encrypted or the server is not verified. */
    void warnIfDatabaseTlsIsUnverified() {
        var url = databaseUrl();
        if (url != null) {
            Database.exposure(url).ifPresent(text -> console().info("warning: " + Console.safe(text)));
        }
    }

    /** Opens the database; creates the embedded one if it does not exist. */
    Database openDatabase() {
        return Database.open(data, databaseUrl(), context.environment());
    }

    /** Whether there is a database to read; never creates one. */
    boolean hasDatabase() {
        return databaseUrl() != null || Database.existsIn(data);
    }

    /** Generated password of the embedded database; empty for another database. */
    Optional<String> databasePassword() {
        return databaseUrl() == null ? Database.embeddedPassword(data) : Optional.empty();
    }

    /** Suggested commands, with the options of this command about its database. */
    SuggestedCommands suggested() {
        return new SuggestedCommands(context.program(), toRepeat());
    }

    private String toRepeat() {
        if (databaseUrl != null) {
            return " --db " + SuggestedCommands.quoted(databaseUrl);
        }
        return databaseUrl() != null || data.equals(Path.of("./data"))
                ? ""
                : " --data " + SuggestedCommands.quoted(data.toString());
    }

    /** Location of the runs, for messages. */
    String place() {
        return databaseUrl() == null
                ? data.toAbsolutePath().normalize().toString()
                : "the database given with --db or " + DATABASE_URL;
    }
}
