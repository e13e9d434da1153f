package dev.smsrunner.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Log of one run: {@code <data>/logs/<run id>.log}, readable by its owner only. One line per event, as text or as JSON; times
 * in UTC.
 */
public final class RunLog implements AutoCloseable {

    /** Log level, for example {@code TRACE}; no level logs secrets. */
    private static final String LEVEL = "SMS_RUNNER_LOG_LEVEL";

    /** {@code json} for one JSON object per line, anything else for text. */
    private static final String FORMAT = "SMS_RUNNER_LOG_FORMAT";

    /**
     * Pattern of a text line. It replaces line ends and control characters in external names, so that they cannot forge a line.
     * Messages are cut at 2000 characters.
     */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{20} "
            + "%.-2000replace(%msg){'[\\p{Cc}\\p{Cf}\\u2028\\u2029]+','?'}%n"
            + "%.-20000replace(%ex{12}){'[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n\\t]]+"
            + "|\\n(?!\\tat |\\t\\.\\.\\. |\\t?Caused by: |\\t?Suppressed: |\\z)','?'}";

    private final FileAppender<ILoggingEvent> appender;
    private final Logger root;

    private RunLog(FileAppender<ILoggingEvent> appender, Logger root) {
        this.appender = appender;
        this.root = root;
    }

    /** Starts to append to the log of the run. */
    static RunLog open(Path dataDirectory, String runId) {
        return open(dataDirectory, runId, System.getenv());
    }

    /** Appends a warning to the log of a run that this process has finished. Ignores a log that cannot be written. */
    @SuppressWarnings("try") // the open log receives the warning
    public static void append(Path dataDirectory, String runId, String warning) {
        try (var open = open(dataDirectory, runId)) {
            LoggerFactory.getLogger(RunLog.class).warn(warning);
        } catch (UnwritableDataException ex) {
            // the exit code shows how the run ended
        }
    }

    static RunLog open(Path dataDirectory, String runId, Map<String, String> environment) {
        var file = dataDirectory.resolve("logs").resolve(runId + ".log");
        createPrivately(dataDirectory, file);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = "json".equalsIgnoreCase(environment.get(FORMAT)) ? new JsonLog(runId) : text();
        encoder.setContext(context);
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("run");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(environment.get(LEVEL), Level.INFO));
        root.addAppender(appender);
        return new RunLog(appender, root);
    }

    private static Encoder<ILoggingEvent> text() {
        var encoder = new PatternLayoutEncoder();
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        return encoder;
    }

    private static void createPrivately(Path dataDirectory, Path file) {
        try {
            PrivateDirectory.create(
                    PrivateDirectory.openDataDirectory(dataDirectory).resolve("logs"));
            PrivateFiles.create(file);
        } catch (IOException ex) {
            throw new UnwritableDataException(
                    "Cannot write the log %s: %s. Free disk space, or choose another directory with --data."
                            .formatted(file, FileFailures.text(ex, file)),
                    ex);
        }
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
