package dev.smsrunner.localjdbc;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Check of the peer's user: only this user and root may connect, according to the kernel. */
final class PeerCheck {

    private final Set<UserPrincipal> permitted;

    private PeerCheck(Set<UserPrincipal> permitted) {
        this.permitted = permitted;
    }

    /** Creates the check for a socket of this process. */
    static PeerCheck ownerOf(Path socket) throws IOException {
        var us = Files.getOwner(socket);
        try {
            var root = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
            return new PeerCheck(us.equals(root) ? Set.of(us) : Set.of(us, root));
        } catch (IOException | UnsupportedOperationException ex) {
            return new PeerCheck(Set.of(us));
        }
    }

    /** Whether the peer's user may connect. Without kernel support, the modes of the directory decide. */
    boolean permits(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        return permitted.contains(
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }
}
