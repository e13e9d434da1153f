package dev.smsrunner.cloud;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proxies of the operator's machine: the system properties of the JVM first, then the variables that curl reads, lower
 * case first. The login comes from the environment only.
 *
 * <p>This machine is never reached through a proxy, unless {@code http.nonProxyHosts} is set and does not list it.
 */
public final class ProxySettings {

    /** No proxy for any address. */
    public static final ProxySettings NONE = new ProxySettings(Map.of(), new Properties());

    private static final String USER = "SMS_RUNNER_PROXY_USER";
    private static final String PASSWORD = "SMS_RUNNER_PROXY_PASSWORD";
    private static final String DIRECT = "http.nonProxyHosts";
    private static final List<String> NO_PROXY = List.of("no_proxy", "NO_PROXY");

    /** Variables by scheme, in their order. */
    private static final Map<String, List<String>> VARIABLES = Map.of(
            "https", List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"),
            "http", List.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"));

    /** Default ports of the system properties (JDK, networking properties). */
    private static final Map<String, String> DEFAULT_PORTS = Map.of("https", "443", "http", "80");

    private final Map<String, String> environment;
    private final Properties properties;

    ProxySettings(Map<String, String> environment, Properties properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /** Settings of this process with the variables of the environment. */
    public static ProxySettings of(Map<String, String> environment) {
        return new ProxySettings(environment, System.getProperties());
    }

    /**
     * Proxy for an address; empty for a direct connection.
     *
     * @throws IllegalArgumentException when the setting of the proxy cannot be read; the message names it and contains no
     *     secret
     */
    public Optional<HttpProxy> proxyFor(URI address) {
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (isDirect(address)) {
            return Optional.empty();
        }
        return ofProperties(scheme)
                .or(() -> ofEnvironment(scheme))
                .or(() -> ofOperatingSystem(address))
                .map(this::withLogin);
    }

    /**
     * Remedy for an address that cannot be reached without a proxy, in a network that may require one; empty for an address
     * of this machine.
     */
    String remedyWithout(URI address) {
        if (DirectHosts.isThisMachine(address)) {
            return "";
        }
        var host = address.getHost();
        var proxy = isDirect(address)
                ? "remove %s from the hosts without a proxy (NO_PROXY)".formatted(host)
                : "set HTTPS_PROXY";
        return "Check the endpoint and the network. If the network requires a proxy, %s.".formatted(proxy);
    }

    /**
     * Secrets of the proxies in the environment, by display name. A variable that cannot be read contains no known secret.
     */
    static Map<String, Secret> secrets(Map<String, String> environment) {
        var settings = new ProxySettings(environment, new Properties());
        var secrets = new LinkedHashMap<String, Secret>();
        VARIABLES.values().stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(name -> settings.readable(name).stream())
                .flatMap(proxy -> Stream.ofNullable(proxy.login()))
                .forEach(login -> put(secrets, login));
        try {
            var login = settings.separateLogin();
            if (login != null) {
                put(secrets, login);
            }
        } catch (IllegalArgumentException ex) {
            settings.variable(PASSWORD).ifPresent(value -> secrets.put(PASSWORD, Secret.of(value)));
        }
        return secrets;
    }

    private static void put(Map<String, Secret> secrets, HttpProxy.Login login) {
        if (!login.password().reveal().isEmpty()) {
            secrets.put("password in " + login.source(), login.password());
            secrets.put(
                    "login in " + login.source(),
                    Secret.of(login.authorization().reveal().substring("Basic ".length())));
        }
    }

    /** Selector for the client of the JDK. It throws what {@link #proxyFor} throws. */
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI address) {
                return List.of(proxyFor(address).map(ProxySettings::ofJdk).orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI address, java.net.SocketAddress proxy, java.io.IOException failure) {
                // there is no other proxy
            }
        };
    }

    /** Unresolved, so that the client looks its name up at each connection. */
    private static Proxy ofJdk(HttpProxy proxy) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
    }

    private boolean isDirect(URI address) {
        var listed = properties.getProperty(DIRECT);
        if (listed != null) {
            return DirectHosts.ofProperty(listed).contains(address);
        }
        return DirectHosts.isThisMachine(address)
                || noProxy()
                        .flatMap(this::variable)
                        .filter(text -> DirectHosts.ofVariable(text).contains(address))
                        .isPresent();
    }

    /** Variable with the hosts without a proxy. */
    private Optional<String> noProxy() {
        return NO_PROXY.stream().filter(name -> variable(name).isPresent()).findFirst();
    }

    /** Entries of the hosts without a proxy that match no host, as sentences with the variable and the correct form. */
    public List<String> ignoredHosts() {
        return properties.getProperty(DIRECT) != null
                ? List.of()
                : noProxy().stream()
                        .flatMap(name -> DirectHosts.problemsOf(variable(name).orElse("")).stream()
                                .map(problem -> name + ": " + problem))
                        .toList();
    }

    private Optional<HttpProxy> ofProperties(String scheme) {
        var name = scheme + ".proxyHost";
        var host = properties.getProperty(name, "").strip();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        var portName = scheme + ".proxyPort";
        var port = properties.getProperty(portName, Objects.requireNonNullElse(DEFAULT_PORTS.get(scheme), "80"));
        if (!host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?")) {
            throw new IllegalArgumentException(
                    "-D%s is not a host name. Set it to the host of the proxy.".formatted(name));
        }
        return Optional.of(new HttpProxy(
                host.replaceAll("[\\[\\]]", ""), ProxyUrl.port("-D" + portName, port.strip()), "-D" + name, null));
    }

    private Optional<HttpProxy> ofEnvironment(String scheme) {
        return VARIABLES.getOrDefault(scheme, List.of()).stream()
                .flatMap(name -> variable(name).map(value -> ProxyUrl.parse(name, value)).stream())
                .findFirst();
    }

    /** Proxy of the desktop, which the JDK reads when the operator enables it. */
    private Optional<HttpProxy> ofOperatingSystem(URI address) {
        if (!Boolean.parseBoolean(properties.getProperty("java.net.useSystemProxies"))) {
            return Optional.empty();
        }
        return ProxySelector.getDefault().select(address).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .map(proxy -> new HttpProxy(proxy.getHostString(), proxy.getPort(), "java.net.useSystemProxies", null))
                .findFirst();
    }

    private HttpProxy withLogin(HttpProxy proxy) {
        var separate = separateLogin();
        return separate == null ? proxy : proxy.withLogin(separate);
    }

    /** Login of the two variables, which replaces that of the address. */
    private HttpProxy.@Nullable Login separateLogin() {
        var user = variable(USER);
        var password = variable(PASSWORD);
        if (user.isEmpty() && password.isEmpty()) {
            return null;
        }
        if (user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("%s is set in the environment but %s is not. Set both or neither."
                    .formatted(user.isEmpty() ? PASSWORD : USER, user.isEmpty() ? USER : PASSWORD));
        }
        return new HttpProxy.Login(user.get(), Secret.of(password.get()), USER + " and " + PASSWORD);
    }

    private Optional<HttpProxy> readable(String name) {
        try {
            return variable(name).map(value -> ProxyUrl.parse(name, value));
        } catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
