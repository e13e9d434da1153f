package dev.smsrunner.localjdbc;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Which users may be on the other side of a socket: this one and root, as the kernel reports them. */
final class PeerCheck {

    private final Set<UserPrincipal> admitted;

    private PeerCheck(Set<UserPrincipal> admitted) {
        this.admitted = admitted;
    }

    /** For a socket that this process created. */
    static PeerCheck ownerOf(Path socket) throws IOException {
        var us = Files.getOwner(socket);
        try {
            var root = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
            return new PeerCheck(us.equals(root) ? Set.of(us) : Set.of(us, root));
        } catch (IOException | UnsupportedOperationException ex) {
            return new PeerCheck(Set.of(us));
        }
    }

    /** Whether the user of the other side is admitted. Where the kernel does not say, the modes of the directory decide. */
    boolean admits(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        return admitted.contains(
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }
}
