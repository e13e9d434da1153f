package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.support.FileNameEncoding;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Text of one setting while its type reads it, with the settings that the value depends on. */
public final class SettingInput {

    private final SettingDefinition<?> setting;
    private final String text;
    private final EffectiveSettings settings;
    private String keyword = "";
    private boolean faulty;

    SettingInput(SettingDefinition<?> setting, String text, EffectiveSettings settings) {
        this.setting = setting;
        this.text = text;
        this.settings = settings;
    }

    /** Dotted key. */
    public String key() {
        return setting.key();
    }

    /** Value after replacement of environment variables, without surrounding blanks. */
    public String text() {
        return text;
    }

    /** Text of the default, else the given example. */
    String exampleOr(String example) {
        return Objects.requireNonNullElse(setting.standard(), example);
    }

    /** Settings read so far. */
    EffectiveSettings settings() {
        return settings;
    }

    /** Path relative to the directory of the job file. */
    Path resolve() {
        return settings.file().resolveSibling(text).normalize();
    }

    /** Reports a problem of the value at its location. */
    public void problem(String what, String advice) {
        faulty = true;
        settings.problem(setting, what, advice);
    }

    /** Reports a text that is not a path, or that the locale of the process cannot name. */
    void pathProblem(String advice) {
        var problem = FileNameEncoding.ofProcess().problemOf(text);
        problem(
                QuotedText.of(text) + " is not a path"
                        + problem.map(reason -> ": it " + reason).orElse(""),
                problem.isPresent() ? "then run the same command again" : advice);
    }

    /** Reports a doubtful value that the runner uses as it is. */
    void warning(String text) {
        settings.warn(setting, text);
    }

    /** Reports a problem found by the grammar of a column. */
    public void problem(CellProblem fault) {
        problem(fault.what(), fault.advice());
    }

    /** Marks the value as a keyword that means none; returns null. */
    <T> @Nullable T none(String word) {
        keyword = word;
        return null;
    }

    /** Keyword that means none; empty when the value is another one. */
    String keyword() {
        return keyword;
    }

    boolean isFaulty() {
        return faulty;
    }
}
