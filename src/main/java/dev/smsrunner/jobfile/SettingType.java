package dev.smsrunner.jobfile;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Type of the values of a setting: how the runner reads, records and documents a value.
 *
 * @param values accepted values for the documentation, in Markdown
 * @param form whether the job file may give a list
 * @param reader reader of a value
 * @param writer canonical text of a value that was read, as recorded
 */
public record SettingType<T>(String values, Form form, Reader<T> reader, BiFunction<SettingInput, T, String> writer) {

    /** Forms of a value in the job file. The text of a list contains its elements, separated by commas. */
    public enum Form {
        SINGLE,
        LIST,
        /** List whose empty form is the same as no value. */
        LIST_OR_EMPTY
    }

    /** Reader of a value. */
    @FunctionalInterface
    public interface Reader<T> {

        /** Reads a value and reports its problems; null for a bad value, and for a keyword that means none. */
        @Nullable
        T read(SettingInput input);
    }

    /** Type of single values that the run records as written. */
    public static <T> SettingType<T> of(String values, Reader<T> reader) {
        return new SettingType<>(values, Form.SINGLE, reader, (input, value) -> input.text());
    }

    /** Same type with this canonical text. */
    SettingType<T> recordedAs(Function<T, String> text) {
        return new SettingType<>(values, form, reader, (input, value) -> text.apply(value));
    }

    /** Same type for lists. */
    public SettingType<T> in(Form other) {
        return new SettingType<>(values, other, reader, writer);
    }

    /** Same type with a keyword for none, in any letter case. */
    SettingType<T> orKeyword(String keyword) {
        return new SettingType<>(
                values + ", or `" + keyword + "`",
                form,
                input -> input.text().equalsIgnoreCase(keyword) ? input.none(keyword) : reader.read(input),
                writer);
    }
}
