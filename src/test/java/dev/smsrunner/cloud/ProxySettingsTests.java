package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choice of the proxy from system properties and the environment. */
class ProxySettingsTests {

    private static final URI SMS = URI.create("https://sms.ap-southeast-3.myhuaweicloud.com");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTPS_PROXY=http://proxy.corp:3128 | proxy.corp:3128 | HTTPS_PROXY",
                "https_proxy=http://proxy.corp:3128/ | proxy.corp:3128 | https_proxy",
                "https_proxy=low:1 HTTPS_PROXY=up:2 | low:1 | https_proxy",
                "https_proxy= HTTPS_PROXY=up:2 | up:2 | HTTPS_PROXY",
                "https_proxy= HTTPS_PROXY= ALL_PROXY=any:8080 | any:8080 | ALL_PROXY",
                "https_proxy= | |",
                "ALL_PROXY=any:8080 | any:8080 | ALL_PROXY",
                "all_proxy=any:8080 HTTPS_PROXY=up:2 | up:2 | HTTPS_PROXY",
                "HTTPS_PROXY=HTTP://Proxy.Corp | Proxy.Corp:80 | HTTPS_PROXY",
                "HTTPS_PROXY=http://[2001:db8::7]:3128 | [2001:db8::7]:3128 | HTTPS_PROXY",
                "HTTPS_PROXY=http://u:p@10.0.0.1:3128 | 10.0.0.1:3128 | HTTPS_PROXY",
                "HTTP_PROXY=plain:1 | |",
                "-Dhttps.proxyHost=jvm HTTPS_PROXY=up:2 | jvm:443 | -Dhttps.proxyHost",
                "-Dhttps.proxyHost=jvm -Dhttps.proxyPort=3128 | jvm:3128 | -Dhttps.proxyHost",
                "-Dhttps.proxyHost=2001:db8::7 -Dhttps.proxyPort=3128 | [2001:db8::7]:3128 | -Dhttps.proxyHost",
                "-Dhttps.proxyHost= HTTPS_PROXY=up:2 | up:2 | HTTPS_PROXY",
                "-Dhttp.proxyHost=jvm HTTPS_PROXY=up:2 | up:2 | HTTPS_PROXY"
            })
    void systemPropertiesPrecedeVariables(String settings, String proxy, String source) {
        var found = settings(settings).proxyFor(SMS);

        assertThat(found.map(HttpProxy::toString)).isEqualTo(Optional.ofNullable(proxy));
        assertThat(found.map(HttpProxy::source)).isEqualTo(Optional.ofNullable(source));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                           | sms.corp.example | true",
                "sms.corp.example            | sms.corp.example | true",
                "SMS.Corp.Example            | sms.corp.example | true",
                "sms.corp.example.           | sms.corp.example | true",
                ".corp.example               | sms.corp.example | true",
                "corp.example                | sms.corp.example | true",
                "*.corp.example              | sms.corp.example | true",
                "corp.example                | smscorp.example  | false",
                "orp.example                 | sms.corp.example | false",
                "sms.corp                    | sms.corp.example | false",
                "sms.corp.example:443        | sms.corp.example | true",
                "sms.corp.example:8443       | sms.corp.example | false",
                "sms.corp.example:8443       | sms.corp.example:8443 | true",
                "a.example,corp.example      | sms.corp.example | true",
                "a.example , corp.example ,, | sms.corp.example | true",
                "a.example corp.example      | sms.corp.example | true",
                "10.1.2.3                    | 10.1.2.3         | true",
                "10.1.2.3                    | 10.1.2.30        | false",
                "10.1.2.3:443                | 10.1.2.3         | true",
                "10.0.0.0/8                  | 10.1.2.3         | true",
                "10.0.0.0/8                  | 11.1.2.3         | false",
                "10.1.2.0/23                 | 10.1.3.3         | true",
                "10.1.2.0/24                 | 10.1.3.3         | false",
                "0.0.0.0/0                   | 10.1.3.3         | true",
                "10.1.2.3/32                 | 10.1.2.3         | true",
                "10.1.2.3/33                 | 10.1.2.3         | false",
                "10.0.0.0/x                  | 10.1.2.3         | false",
                "10.0.0.0/8                  | sms.corp.example | false",
                "2001:db8::1                 | [2001:db8:0::1]  | true",
                "[2001:db8::1]               | [2001:db8::1]    | true",
                "[2001:db8::1]:443           | [2001:db8::1]    | true",
                "2001:db8::/32               | [2001:db8:7::1]  | true",
                "2001:db8::/32               | [2001:db9::1]    | false",
                "''                          | sms.corp.example | false"
            })
    void noProxyListsDirectHosts(String list, String host, boolean direct) {
        for (var name : new String[] {"NO_PROXY", "no_proxy"}) {
            var settings = new ProxySettings(Map.of("HTTPS_PROXY", "proxy:1", name, list), new Properties());

            assertThat(settings.proxyFor(URI.create("https://" + host)).isEmpty())
                    .isEqualTo(direct);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "https://sms.corp.example       | 'https://sms.corp.example' has a scheme and is ignored. Write sms.corp.example.",
                "http://u:p@sms.corp.example:8/ | 'http://sms.corp.example:8/' has a scheme and is ignored. Write sms.corp.example:8.",
                "sms.corp.example/              | is no block of addresses and is ignored",
                "10.0.0.0/x                     | is no block of addresses and is ignored",
                "10.*                           | has a * behind its beginning and is ignored"
            })
    void ignoredEntryIsNamedWithItsRightForm(String entry, String problem) {
        var list = "*, .corp.example, *.corp.example, 10.0.0.0/8, 10.1.0.0/16:443, 2001:db8::/32, sms:8443, " + entry;

        assertThat(new ProxySettings(Map.of("NO_PROXY", list), new Properties()).ignoredHosts())
                .singleElement()
                .asString()
                .startsWith("NO_PROXY: '")
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.corp.example     | sms.corp.example | true",
                "*.corp.example     | corp.example     | false",
                "sms.*              | sms.corp.example | true",
                "corp.example       | sms.corp.example | false",
                "10.*               | 10.1.2.3         | true",
                "''                 | localhost        | false",
                "''                 | 127.0.0.1        | false",
                "localhost          | LOCALHOST        | true"
            })
    void nonProxyHostsReplaceNoProxyAndTheExceptionOfThisMachine(String list, String host, boolean direct) {
        var properties = new Properties();
        properties.setProperty("http.nonProxyHosts", list);
        var settings = new ProxySettings(Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", "*"), properties);

        assertThat(settings.proxyFor(URI.create("https://" + host)).isEmpty()).isEqualTo(direct);
    }

    @Test
    void nonProxyHostsAreSeparatedByBars() {
        var properties = new Properties();
        properties.setProperty("http.nonProxyHosts", "localhost|*.corp.example | 10.*");
        var settings = new ProxySettings(Map.of("HTTPS_PROXY", "proxy:1"), properties);

        assertThat(settings.proxyFor(URI.create("https://sms.corp.example"))).isEmpty();
        assertThat(settings.proxyFor(URI.create("https://10.0.0.1"))).isEmpty();
        assertThat(settings.proxyFor(SMS)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:18080",
        "http://localhost:1",
        "https://[::1]:1",
        "http://127.9.9.9",
        "https://LOCALHOST",
        "https://sms.localhost"
    })
    void thisMachineIsDirectAndAnUnreadableProxyDoesNotMatter(URI address) {
        assertThat(settings("HTTP_PROXY=proxy:1 HTTPS_PROXY=://x").proxyFor(address))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY=https://u:canary@proxy:1, HTTPS_PROXY starts with https://",
        "https_proxy=socks5://u:canary@proxy:1, https_proxy starts with socks5://",
        "HTTPS_PROXY=http://u:canary@, HTTPS_PROXY is not the address of a proxy",
        "HTTPS_PROXY=http://u:canary@proxy:port, HTTPS_PROXY is not the address of a proxy",
        "HTTPS_PROXY=http://u:canary@proxy:0, HTTPS_PROXY has no valid port",
        "HTTPS_PROXY=http://u:canary@proxy:99999, HTTPS_PROXY has no valid port",
        "HTTPS_PROXY=http://u:canary%zz@proxy:1, HTTPS_PROXY has a login with a %",
        "HTTPS_PROXY=http://:canary@proxy:1, HTTPS_PROXY has a login without a user",
        "HTTPS_PROXY=http://proxy:1/canary, HTTPS_PROXY is not the address of a proxy",
        "-Dhttps.proxyHost=u:canary@proxy, -Dhttps.proxyHost is not a host name",
        "-Dhttps.proxyHost=proxy -Dhttps.proxyPort=canary, -Dhttps.proxyPort has no valid port",
        "HTTPS_PROXY=proxy:1 SMS_RUNNER_PROXY_PASSWORD=canary, SMS_RUNNER_PROXY_USER is not",
        "HTTPS_PROXY=proxy:1 SMS_RUNNER_PROXY_USER=canary, SMS_RUNNER_PROXY_PASSWORD is not"
    })
    void anUnreadableSettingIsNamedWithoutItsValue(String settings, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(settings).proxyFor(SMS))
                .withMessageContaining(problem)
                .withMessageNotContaining("canary")
                .withMessageMatching("(?s).*\\. Set .*\\.")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTPS_PROXY=http://u:p%40%3a%2f+@proxy:1 | u | p@:/+",
                "HTTPS_PROXY=http://u:p@ss/w@proxy:1      | u | p@ss/w",
                "HTTPS_PROXY=u:p:q@proxy:1                | u | p:q",
                "HTTPS_PROXY=corp%5Cu@proxy:1             | corp\\u | ",
                "HTTPS_PROXY=x:y@proxy:1 SMS_RUNNER_PROXY_USER=u SMS_RUNNER_PROXY_PASSWORD=p%40 | u | p%40"
            })
    void theLoginComesFromTheEnvironment(String settings, String user, String password) {
        var login = settings(settings).proxyFor(SMS).orElseThrow().login();

        assertThat(login.user()).isEqualTo(user);
        assertThat(login.password().reveal()).isEqualTo(password == null ? "" : password);
        assertThat(settings(settings).proxyFor(SMS).toString()).doesNotContain(user + ":");
    }

    @Test
    void secretsOfTheProxyAreKnown() {
        var secrets = KnownSecrets.ofEnvironment(Map.of(
                "https_proxy", "http://u:p%40ss-one@proxy:1",
                "ALL_PROXY", "http://proxy:1",
                "HTTP_PROXY", "://unreadable",
                "SMS_RUNNER_PROXY_USER", "user",
                "SMS_RUNNER_PROXY_PASSWORD", "pass-two\n"));

        assertThat(secrets.values())
                .extracting(Secret::reveal)
                .containsExactlyInAnyOrder("p@ss-one", "dTpwQHNzLW9uZQ==", "pass-two", "dXNlcjpwYXNzLXR3bw==");
    }

    /** Settings from words: properties begin with {@code -D}, all others are variables. */
    private static ProxySettings settings(String words) {
        var properties = new Properties();
        var all = Arrays.stream(words.split(" ")).collect(Collectors.partitioningBy(word -> word.startsWith("-D")));
        all.get(true).forEach(word -> properties.setProperty(word.substring(2, word.indexOf('=')), value(word)));
        return new ProxySettings(
                all.get(false).stream()
                        .collect(Collectors.toMap(word -> word.substring(0, word.indexOf('=')), word -> value(word))),
                properties);
    }

    private static String value(String word) {
        return word.substring(word.indexOf('=') + 1);
    }
}
