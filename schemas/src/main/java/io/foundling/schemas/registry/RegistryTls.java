package io.foundling.schemas.registry;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Whom a client trusts, how it shows itself, and which protocols and ciphers it accepts. */
public record RegistryTls(SSLContext context, SSLParameters parameters) {}
