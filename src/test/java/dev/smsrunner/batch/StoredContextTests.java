package dev.smsrunner.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;

/** Deserialization of stored Batch contexts creates no arbitrary objects. */
class StoredContextTests {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final JacksonExecutionContextStringSerializer serializer =
            new JobRepositoryConfiguration().executionContextSerializer();

    /** A gadget class. */
    public static final class Gadget {
        public Gadget() {
            MADE.incrementAndGet();
        }
    }

    private Map<String, Object> read(String text) throws IOException {
        return serializer.deserialize(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void textsAndNumbersRoundTrip() throws IOException {
        Map<String, Object> context = Map.of("text", "x", "int", 1, "long", 2L, "double", 0.5, "flag", true);
        var out = new ByteArrayOutputStream();

        serializer.serialize(context, out);

        assertThat(read(out.toString(StandardCharsets.UTF_8))).isEqualTo(context);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"dev.smsrunner.batch.StoredContextTests$Gadget\",{}]",
                "[\"java.util.Formatter\",\"/tmp/x\"]",
                "[\"java.util.jar.JarFile\",\"/tmp/x\"]",
                "[\"java.net.URL\",\"http://127.0.0.1:1/\"]",
                "[\"java.io.File\",\"/etc\"]",
                "[\"java.lang.ProcessBuilder\",[[\"id\"]]]",
                "[\"javax.naming.InitialContext\",{}]",
                "[\"com.zaxxer.hikari.HikariDataSource\",{}]",
                "{\"@class\":\"org.springframework.context.support.ClassPathXmlApplicationContext\"}"
            })
    void namedClassIsNotInstantiated(String value) {
        assertThatThrownBy(() -> read("{\"k\":" + value + "}"))
                .hasMessageMatching("(?s).*(denied resolution|need Array value).*");
        assertThat(MADE).hasValue(0);
    }

    @Test
    void serializedJavaObjectIsRejected() {
        assertThatThrownBy(() -> read("rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA=="))
                .hasMessageContaining("Unrecognized token");
    }
}
