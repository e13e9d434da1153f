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

/** Reads the notification settings. They are not recorded, since they are no part of the job. */
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
        var given = settings.raw().get(SettingKeys.NOTIFY_ON);
        if (given == null) {
            return EnumSet.allOf(NotifySettings.Occasion.class);
        }
        var on = EnumSet.noneOf(NotifySettings.Occasion.class);
        for (String name : given.text().split(",")) {
            int index = OCCASIONS.indexOf(name.strip().toLowerCase(Locale.ROOT));
            if (index < 0) {
                settings.problem(
                        SettingKeys.NOTIFY_ON,
                        QuotedText.of(name.strip()) + " is not known",
                        Suggestions.advice(name.strip(), OCCASIONS, "write " + String.join(", ", OCCASIONS)));
            } else {
                on.add(NotifySettings.Occasion.values()[index]);
            }
        }
        return on;
    }

    private @Nullable Path command() {
        var given = settings.raw().get(SettingKeys.NOTIFY_COMMAND);
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
        var given = settings.raw().get(SettingKeys.NOTIFY_TEXT);
        if (given == null) {
            return NotifySettings.DEFAULT_TEXT;
        }
        PLACEHOLDER
                .matcher(given.text())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !NotifySettings.PLACEHOLDERS.contains(name))
                .forEach(name -> settings.problem(
                        SettingKeys.NOTIFY_TEXT,
                        QuotedText.of("{" + name + "}") + " is not a placeholder",
                        Suggestions.advice(
                                name,
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
