package io.foundling.console.access.oidc;

import java.io.IOException;

/** What an issuer publishes, asked once: for those who examine a configuration before a console runs. */
public final class PublishedKeys {

    private PublishedKeys() {}

    /**
     * Returns how many keys there are that can verify signatures; at least one. Waits for ten seconds at most.
     *
     * @throws IOException if they cannot be read; its message is a sentence
     */
    public static int count(OidcSettings settings) throws IOException, InterruptedException {
        return new KeyDownload(settings).run().size();
    }
}
