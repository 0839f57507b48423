package io.foundling.schemas.registry;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The TLS configuration of a client: trusted certificates, own certificate, protocols and ciphers. */
public record RegistryTls(SSLContext context, SSLParameters parameters) {}
