package io.foundling.service.command;

import io.foundling.service.metrics.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"foundling " + BuildVersion.text()};
    }
}
