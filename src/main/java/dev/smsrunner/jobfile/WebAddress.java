package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;

/** An address of the web that something may be sent to: https, or http on this machine; never a metadata service. */
public final class WebAddress {

    private WebAddress() {}

    /**
     * Reads an address that may carry a path and a query.
     *
     * @param name what messages call it; the address itself is not repeated, since it may carry a secret
     * @throws IllegalArgumentException when nothing may be sent there
     */
    public static URI of(String name, String text) {
        var faults = new ArrayList<CellProblem>();
        URI address;
        try {
            address = new URI(text);
            EndpointSetting.check(address.getScheme() + "://" + address.getRawAuthority(), faults::add);
        } catch (URISyntaxException ex) {
            throw new IllegalArgumentException(name + " is not a URL: write one with https://");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: its address %s; %s".formatted(name, faults.get(0).what(), "write one with https://"));
        }
        return address;
    }
}
