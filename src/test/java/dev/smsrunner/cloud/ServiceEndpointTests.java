package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceEndpointTests {

    @ParameterizedTest
    @CsvSource({
        "https://sms.ap-southeast-3.myhuaweicloud.com, sms.ap-southeast-3.myhuaweicloud.com",
        "https://example.com:443/, example.com",
        "https://example.com:8443/sms/api/, example.com:8443",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://localhost, localhost",
        "http://[::1]:80/x, [::1]"
    })
    void acceptsAnAddressWithPortAndPrefix(String text, String authority) {
        assertThat(ServiceEndpoint.of(text).authority()).isEqualTo(authority);
        assertThat(ServiceEndpoint.of(text).toString()).doesNotEndWith("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "sms.example.com", "ftp://example.com", "https://user:secret@example.com",
                        "https://example.com?x=1",
                "https://example.com#x", "https://exa mple.com", "https://", "http://example.com",
                        "http://127.0.0.1.example.com",
                "http://10.0.0.1"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceEndpoint.of(text))
                .withMessageStartingWith("endpoint '")
                .withMessageEndingWith("Correct the endpoint.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://iam.myhuaweicloud.com/v3, https://iam.myhuaweicloud.com",
        "https://iam.myhuaweicloud.com/v3/auth/tokens, https://iam.myhuaweicloud.com",
        "https://example.com:8443/sms/v3/, https://example.com:8443/sms",
        "http://127.0.0.1:8080/V3.0, http://127.0.0.1:8080"
    })
    void refusesTheVersionOfTheApiWithTheCorrection(String text, String correction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceEndpoint.of(text))
                .withMessageContaining("Use " + correction + ". ");
    }
}
