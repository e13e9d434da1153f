package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses by syntax alone. */
class IpAddressTests {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "255.255.255.255, ffffffff",
        "10.0.0.1, 0a000001",
        "::ffff:10.0.0.1, 0a000001",
        "::FFFF:0A00:0001, 0a000001",
        "::, 00000000000000000000000000000000",
        "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000",
        "2001:db8::1, 20010db8000000000000000000000001",
        "2001:0DB8:0:0:0:0:0:1, 20010db8000000000000000000000001",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "::2:3:4:5:6:7:8, 00000002000300040005000600070008",
        "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
        "64:ff9b::1.2.3.4, 0064ff9b000000000000000001020304",
        "::1.2.3.4, 00000000000000000000000001020304",
        "::FfFf:255.0.0.9, ff000009",
        "::ffff:0:1, 00000001",
        "::ffff:0:0:1, 0000000000000000ffff000000000001",
        "fe80::0001, fe800000000000000000000000000001"
    })
    void spellingsOfOneAddressAreEqual(String text, String hex) {
        assertThat(IpAddress.parse(text))
                .hasValueSatisfying(ip -> assertThat(ip.hex()).isEqualTo(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "1..2.3",
                "256.1.1.1",
                "1.1.1.1111",
                "01.1.1.1",
                "00.1.1.1",
                "-1.1.1.1",
                "+1.1.1.1",
                "1.1.1.a",
                "1.1.1.1 ",
                "0x7f.0.0.1",
                "\u0661.1.1.1",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1::2::3",
                "1:::2",
                ":1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8:",
                "12345::",
                "g::",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "::1/64",
                "::\u0661",
                "127.1",
                "2130706433",
                "0x7f000001",
                "010.1.1.1",
                "::010.1.1.1",
                "1.2.3.4:80",
                "1.2.3.4\n",
                "[1.2.3.4]",
                "[::1]:80",
                "::1%1",
                "::%lo",
                "::00001",
                "::ffff:1.2.3",
                "::1.",
                "::1\n",
                "::\uff11",
                "::1\u0000"
            })
    void otherTextIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void kindsAreRecognised() {
        assertThat(ip("127.8.9.1").isLoopback()).isTrue();
        assertThat(ip("::1").isLoopback()).isTrue();
        assertThat(ip("::ffff:127.0.0.1").isLoopback()).isTrue();
        assertThat(ip("10.0.0.1").isLoopback()).isFalse();
        assertThat(ip("169.254.169.254").isLinkLocal()).isTrue();
        assertThat(ip("febf::1").isLinkLocal()).isTrue();
        assertThat(ip("fec0::1").isLinkLocal()).isFalse();
        assertThat(ip("0.0.0.0").isAnyOrMulticast()).isTrue();
        assertThat(ip("::").isAnyOrMulticast()).isTrue();
        assertThat(ip("224.0.0.1").isAnyOrMulticast()).isTrue();
        assertThat(ip("ff02::1").isAnyOrMulticast()).isTrue();
        assertThat(ip("239.255.255.255").isAnyOrMulticast()).isTrue();
        assertThat(ip("240.0.0.1").isAnyOrMulticast()).isTrue();
        assertThat(ip("255.255.255.255").isAnyOrMulticast()).isTrue();
        assertThat(ip("::ffff:240.0.0.1").isAnyOrMulticast()).isTrue();
        assertThat(ip("10.0.0.1").isAnyOrMulticast()).isFalse();
        assertThat(ip("10.0.0.1")).isEqualTo(ip("::ffff:a00:1")).hasSameHashCodeAs(ip("::ffff:a00:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "64:ff9b::127.0.0.1, 7f000001",
        "2002:7f00:1::9, 7f000001",
        "::127.0.0.1, 7f000001",
        "::, 00000000",
        "::1,",
        "64:ff9b:1::127.0.0.1,",
        "2001:db8::127.0.0.1,",
        "127.0.0.1,",
        "::ffff:127.0.0.1,"
    })
    void embeddedAddressIsExtracted(String text, @Nullable String hex) {
        assertThat(ip(text).embeddedIpv4().map(IpAddress::hex)).isEqualTo(Optional.ofNullable(hex));
    }

    /** In the other JVM every name has an address, so a name that reached the resolver would be parsed. */
    @Test
    void noNameReachesTheResolver(@TempDir Path directory) throws IOException {
        var names = List.of(
                "localhost",
                "face",
                "beef.cafe",
                "db-01.corp.example",
                "1.2.3.4.5",
                "1.2.3.4.",
                "256.1.1.1",
                "1.1.1.a");
        var hosts = Files.writeString(
                directory.resolve("hosts"),
                names.stream().map(name -> "10.9.9.9 " + name + "\n").collect(Collectors.joining()));
        var command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                Resolution.class.getName());

        var process = new ProcessBuilder(Stream.concat(command, names.stream()).toList())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactlyElementsOf(names.stream()
                        .map(name -> name + " resolved to 10.9.9.9, parsed as Optional.empty")
                        .toList());
    }

    /** Main class of the other JVM. */
    static final class Resolution {

        private Resolution() {}

        public static void main(String[] names) throws IOException {
            for (var name : names) {
                System.out.printf(
                        "%s resolved to %s, parsed as %s%n",
                        name, InetAddress.getByName(name).getHostAddress(), IpAddress.parse(name));
            }
        }
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
