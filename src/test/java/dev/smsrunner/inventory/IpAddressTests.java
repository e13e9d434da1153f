package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        "64:ff9b::1.2.3.4, 0064ff9b000000000000000001020304"
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
                "::\u0661"
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
        assertThat(ip("10.0.0.1").isAnyOrMulticast()).isFalse();
        assertThat(ip("10.0.0.1")).isEqualTo(ip("::ffff:a00:1")).hasSameHashCodeAs(ip("::ffff:a00:1"));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
