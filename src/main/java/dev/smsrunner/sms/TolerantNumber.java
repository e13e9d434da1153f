package dev.smsrunner.sms;

import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Deserializer of whole numbers, written as a number or as a text. A number out of range or of the wrong type counts as absent. */
final class TolerantNumber<T extends Number> extends StdScalarDeserializer<T> {

    private static final int LONGEST = 30;
    private static final int MAX_ZEROS = 20;

    private final Function<BigDecimal, T> exact;

    private TolerantNumber(Class<T> type, Function<BigDecimal, T> exact) {
        super(type);
        this.exact = exact;
    }

    static JacksonModule module() {
        return new SimpleModule("whole numbers")
                .addDeserializer(Integer.class, new TolerantNumber<>(Integer.class, BigDecimal::intValueExact))
                .addDeserializer(Long.class, new TolerantNumber<>(Long.class, BigDecimal::longValueExact));
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || token != null && token.isNumeric()) {
            return read(parser.getString().strip());
        }
        parser.skipChildren();
        return null;
    }

    private @Nullable T read(String text) {
        try {
            if (text.isEmpty() || text.length() > LONGEST) {
                return null;
            }
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > MAX_ZEROS
                    ? null
                    : exact.apply(new BigDecimal(number.toBigInteger()));
        } catch (ArithmeticException | NumberFormatException ex) {
            return null;
        }
    }
}
