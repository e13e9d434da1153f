package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who is told of a run; nothing of it is recorded, since the job stays the same whoever is told. */
final class NotifyReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final List<String> OCCASIONS = Stream.of(NotifySettings.Occasion.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();

    private final EffectiveSettings settings;
    private final Path file;

    NotifyReader(EffectiveSettings settings, Path file) {
        this.settings = settings;
        this.file = file;
    }

    NotifySettings read() {
        return new NotifySettings(on(), command(), text());
    }

    private Set<NotifySettings.Occasion> on() {
        var given = settings.given().get(SettingKeys.NOTIFY_ON);
        if (given == null) {
            return EnumSet.allOf(NotifySettings.Occasion.class);
        }
        var on = EnumSet.noneOf(NotifySettings.Occasion.class);
        for (String word : given.text().split(",")) {
            int index = OCCASIONS.indexOf(word.strip().toLowerCase(Locale.ROOT));
            if (index < 0) {
                settings.problem(
                        SettingKeys.NOTIFY_ON,
                        QuotedText.of(word.strip()) + " is not known",
                        Suggestions.advice(word.strip(), OCCASIONS, "write " + String.join(", ", OCCASIONS)));
            } else {
                on.add(NotifySettings.Occasion.values()[index]);
            }
        }
        return on;
    }

    private @Nullable Path command() {
        var given = settings.given().get(SettingKeys.NOTIFY_COMMAND);
        if (given == null) {
            return null;
        }
        try {
            Path command = file.toAbsolutePath().resolveSibling(given.text()).normalize();
            if (!command.toFile().isFile() || !command.toFile().canExecute()) {
                settings.problem(
                        SettingKeys.NOTIFY_COMMAND,
                        QuotedText.of(given.text()) + " is not a program that can be executed",
                        "write the path of one, relative to the job file, without arguments");
            }
            return command;
        } catch (InvalidPathException ex) {
            settings.problem(
                    SettingKeys.NOTIFY_COMMAND,
                    QuotedText.of(given.text()) + " is not a path",
                    "write the path of a program");
            return null;
        }
    }

    private String text() {
        var given = settings.given().get(SettingKeys.NOTIFY_TEXT);
        if (given == null) {
            return NotifySettings.USUAL_TEXT;
        }
        PLACEHOLDER
                .matcher(given.text())
                .results()
                .map(found -> found.group(1))
                .filter(word -> !NotifySettings.PLACEHOLDERS.contains(word))
                .forEach(word -> settings.problem(
                        SettingKeys.NOTIFY_TEXT,
                        QuotedText.of("{" + word + "}") + " is not a placeholder",
                        Suggestions.advice(
                                word,
                                NotifySettings.PLACEHOLDERS,
                                "known are "
                                        + String.join(
                                                ", ",
                                                NotifySettings.PLACEHOLDERS.stream()
                                                        .sorted()
                                                        .toList()))));
        return given.text();
    }
}
