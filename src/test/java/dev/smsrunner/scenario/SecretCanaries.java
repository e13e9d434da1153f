package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Secrets of a run, in every encoding of a possible leak. */
final class SecretCanaries {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper SLASHES =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES).build();

    private final Set<String> forms = new LinkedHashSet<>();

    SecretCanaries(String... secrets) {
        for (var secret : secrets) {
            plain(secret);
            base64(secret);
            var hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
            forms.addAll(List.of(hex, hex.toUpperCase(java.util.Locale.ROOT)));
        }
    }

    private void plain(String secret) {
        var url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        var html = secret.replace("&", "&amp;").replace("<", "&lt;");
        forms.addAll(List.of(
                secret,
                inner(JSON.writeValueAsString(secret)),
                inner(SLASHES.writeValueAsString(secret)),
                secret.replace("&", "\\u0026").replace("=", "\\u003d").replace("+", "\\u002b"),
                url,
                url.replace("+", "%20"),
                html,
                html.replace("\"", "&quot;"),
                html.replace("\"", "&#34;"),
                secret.replace("\"", "\"\"")));
    }

    private static String inner(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }

    /** For each offset in a longer text, the letters independent of the neighbouring bytes. */
    private void base64(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            var padded = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, padded, before, bytes.length);
            int from = (before * 8 + 5) / 6;
            int to = padded.length * 8 / 6;
            forms.add(Base64.getEncoder().encodeToString(padded).substring(from, to));
            forms.add(Base64.getUrlEncoder().encodeToString(padded).substring(from, to));
        }
    }

    /** Asserts that the text contains none of them. */
    void assertAbsentIn(String what, String text) {
        for (var form : forms) {
            assertThat(text.contains(form)).as(what + " has " + form).isFalse();
        }
    }

    /** Asserts that no file below the directory contains one of them, also inside archives. */
    void assertAbsentUnder(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                for (var text : texts(Files.readAllBytes(file))) {
                    assertAbsentIn(file.toString(), text);
                }
            }
        }
    }

    /** The content of the file and of the files packed in it. */
    private static List<String> texts(byte[] file) throws IOException {
        var texts = new ArrayList<>(List.of(new String(file, StandardCharsets.ISO_8859_1)));
        if (file.length > 4 && file[0] == 'P' && file[1] == 'K') {
            try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    texts.add(entry.getName() + read(zip));
                }
            }
        } else if (file.length > 4 && file[0] == 0x1f && file[1] == (byte) 0x8b) {
            texts.add(read(new GZIPInputStream(new ByteArrayInputStream(file))));
        }
        return texts;
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
