package io.foundling.service.config;

/** What the processes need that read the ledger's topics on behalf of people. */
public record ReadSideSettings(NotifySettings delivery, ConsoleSettings console, AskingSettings asking) {}
