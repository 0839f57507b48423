package io.foundling.service.config;

/** What the processes need that work for people and programs: those that read the ledger's topics, and the intake. */
public record ReadSideSettings(
        NotifySettings delivery, ConsoleSettings console, AskingSettings asking, IntakeSettings intake) {

    private static final String TLS = "https:";

    /** Whether browsers reach the console by TLS: it has a certificate, or a proxy in front of it ends TLS. */
    public boolean isReachedByTls() {
        boolean isBehindTls =
                delivery.consoleUrl().filter(url -> url.startsWith(TLS)).isPresent();
        return isBehindTls || console.address().certificate().isPresent();
    }
}
