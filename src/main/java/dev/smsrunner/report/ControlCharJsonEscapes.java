package dev.smsrunner.report;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * JSON escapes for characters that control a terminal or the reading direction: control characters above ASCII, DEL and the
 * characters that {@link ControlCharEscaper} replaces. Only the spelling changes, not the value.
 */
public final class ControlCharJsonEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;
    private static final int[] ASCII = ascii();

    private static int[] ascii() {
        var escapes = CharacterEscapes.standardAsciiEscapesForJSON();
        escapes[DELETE] = CharacterEscapes.ESCAPE_CUSTOM;
        return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int letter) {
        return letter == DELETE || ControlCharEscaper.isInvisible((char) letter)
                ? new SerializedString("\\u%04x".formatted(letter))
                : null;
    }
}
