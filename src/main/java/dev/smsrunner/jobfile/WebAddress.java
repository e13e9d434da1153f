package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;

/** Validates web addresses for outgoing requests: https, or http on this machine; never a metadata service. */
public final class WebAddress {

    private WebAddress() {}

    /**
     * Reads an address, which may have a path and a query.
     *
     * @param name name of the setting for messages; the address itself is not repeated, since it may contain a secret
     * @throws IllegalArgumentException when requests to the address are not allowed
     */
    public static URI of(String name, String text) {
        var faults = new ArrayList<CellProblem>();
        URI address;
        try {
            address = new URI(text);
            EndpointSetting.url(
                    new URI(address.getScheme() + "://" + address.getRawAuthority()),
                    "is not a URL with https",
                    faults::add);
        } catch (URISyntaxException ex) {
            throw new IllegalArgumentException(name + " is not a URL; write an address with https://");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("%s: %s; write an address with https://"
                    .formatted(name, faults.get(0).what()));
        }
        return address;
    }
}
