package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.support.UrlPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the endpoint: the simulator, an https URL, or http on this machine; never a metadata service of a cloud. */
final class EndpointSetting {

    static final String EXAMPLE = "write simulator, or https://sms.<region>.myhuaweicloud.com";
    private static final Pattern HOST_NAME =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?(?:0x[0-9a-f]*|[0-9]+)");
    private static final Set<String> METADATA_HOSTS =
            Set.of("metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal");
    private static final Set<Optional<IpAddress>> METADATA_ADDRESSES = Set.of(
            IpAddress.parse("fd00:ec2::254"),
            IpAddress.parse("100.100.100.200"),
            IpAddress.parse("168.63.129.16"),
            IpAddress.parse("192.0.0.192"));

    /** Type of the setting. */
    static final SettingType<String> TYPE = SettingType.<String>of(
                    "`simulator` or URL", input -> check(input.text(), input::problem))
            .recordedAs(endpoint -> endpoint);

    private EndpointSetting() {}

    /** Canonical form of the endpoint. Its problems are passed to {@code problems}. */
    static String check(String text, Consumer<CellProblem> problems) {
        if (text.equalsIgnoreCase(ServiceSettings.SIMULATOR)) {
            return ServiceSettings.SIMULATOR;
        }
        try {
            return url(new URI(text), "is neither simulator nor a URL with https", problems);
        } catch (URISyntaxException ex) {
            problems.accept(new CellProblem("is not a URL", EXAMPLE));
            return text;
        }
    }

    /**
     * Canonical form of a URL that is not the simulator.
     *
     * @param otherScheme problem of a URL with another scheme
     */
    static String url(URI uri, String otherScheme, Consumer<CellProblem> problems) {
        String scheme = lower(uri.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http") || uri.isOpaque()) {
            problems.accept(new CellProblem(otherScheme, EXAMPLE));
            return "";
        }
        String host = host(uri);
        CellProblem fault = host(host, scheme, uri.getPort());
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || hasUserInfo(uri)) {
            problems.accept(new CellProblem(
                    "has a user name, a query or a fragment", fault == null ? correction(uri) : fault.advice()));
            return "";
        }
        if (fault != null) {
            problems.accept(fault);
        }
        return scheme + "://" + lower(uri.getRawAuthority()) + path(uri, problems);
    }

    /** Scheme, host and port, and the path without a version. */
    private static String correction(URI uri) {
        String path = uri.getRawPath().replaceAll("/+$", "");
        return "use %s://%s%s%s"
                .formatted(
                        lower(uri.getScheme()),
                        lower(uri.getHost()),
                        uri.getPort() < 0 ? "" : ":" + uri.getPort(),
                        UrlPath.beforeVersion(path).orElse(path));
    }

    private static boolean hasUserInfo(URI uri) {
        return uri.getRawAuthority() != null && uri.getRawAuthority().contains("@");
    }

    private static String path(URI uri, Consumer<CellProblem> problems) {
        String path = uri.getRawPath().replaceAll("/+$", "");
        if (path.contains("/.") || path.contains("//") || path.contains("%")) {
            problems.accept(new CellProblem("has a path that is not plain", "write a path without dots and escapes"));
        } else if (UrlPath.beforeVersion(path).isPresent()) {
            problems.accept(new CellProblem("has the version of the API in its path", correction(uri)));
        }
        return path;
    }

    private static String host(URI uri) {
        String host = lower(uri.getHost());
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static @Nullable CellProblem host(String host, String scheme, int port) {
        Optional<IpAddress> address = IpAddress.parse(host);
        if (address.isEmpty()
                && (!HOST_NAME.matcher(host).matches()
                        || NUMBER_AT_END.matcher(host).matches())) {
            return new CellProblem("has no valid host name or address", EXAMPLE);
        }
        if (isForbidden(host, address)) {
            return new CellProblem(
                    QuotedText.of(host) + " is the metadata service of a cloud or no single host",
                    "write the endpoint of the migration service");
        }
        if (scheme.equals("http") && !isThisMachine(host, address)) {
            return new CellProblem("http is allowed for this machine only", "write https://");
        }
        return port == 0 || port > 65535 ? new CellProblem("has no valid port", "write a port from 1 to 65535") : null;
    }

    private static boolean isForbidden(String host, Optional<IpAddress> address) {
        return METADATA_HOSTS.contains(host)
                || isForbidden(address)
                || isForbidden(address.flatMap(IpAddress::embeddedIpv4));
    }

    private static boolean isForbidden(Optional<IpAddress> address) {
        return address.isPresent() && METADATA_ADDRESSES.contains(address)
                || address.filter(ip -> ip.isLinkLocal() || ip.isAnyOrMulticast())
                        .isPresent();
    }

    private static boolean isThisMachine(String host, Optional<IpAddress> address) {
        return host.equals("localhost") || address.filter(IpAddress::isLoopback).isPresent();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
