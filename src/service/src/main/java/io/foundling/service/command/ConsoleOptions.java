package io.foundling.service.command;

import io.foundling.console.delivery.http.PemTls;
import io.foundling.schemas.failure.Causes;
import io.foundling.service.asking.AskedConsole;
import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.config.AskingSettings;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ValueType;
import io.foundling.topology.yaml.TextFile;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/**
 * The options with which every command finds the console. A token is never on the command line, where every user of the
 * machine could read it.
 */
final class ConsoleOptions {

    private static final String URL = "FOUNDLING_CONSOLE_URL";
    private static final String TOKEN = "FOUNDLING_TOKEN";

    private final Map<String, String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the console is; default: FOUNDLING_CONSOLE_URL, then console.url of the configuration,"
                    + " then " + AskedConsole.DEFAULT + ".")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Has the token that is shown to the console; default: FOUNDLING_TOKEN.")
    private Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) that are trusted, instead of those that Java trusts; default: console.caFile.")
    private Path authorities;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long one answer may take; default: ${DEFAULT-VALUE}.")
    private Duration within;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration with console.url; default: the file that FOUNDLING_CONFIG names, if any. It is"
                    + " not read if the URL is given.")
    private Path config;

    ConsoleOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes a client, which connects when it is asked.
     *
     * @throws CommandFailure if an option or a variable is wrong
     */
    ConsoleClient client() {
        if (within.isZero()) {
            throw wrong("--timeout is 0s, must be longer");
        }
        Optional<String> given = Optional.ofNullable(url).or(() -> variable(URL));
        AskingSettings settings = given.isPresent() ? AskingSettings.NONE : configured();
        String address = given.or(settings::url).orElse(AskedConsole.DEFAULT);
        URI checked = checked(address, url != null ? "--url" : given.isPresent() ? URL : "console.url");
        Optional<SSLContext> tls =
                Optional.ofNullable(authorities).or(settings::authorities).map(ConsoleOptions::tls);
        if (tls.isPresent() && !"https".equals(checked.getScheme())) {
            throw wrong("--ca-file or console.caFile is for https, but the URL of the console is " + address);
        }
        return new ConsoleClient(new AskedConsole(checked, token(), tls, within));
    }

    private AskingSettings configured() {
        return Optional.ofNullable(config)
                .or(() -> variable("FOUNDLING_CONFIG").map(Path::of))
                .map(file -> new ConfigReader(environment).read(file).readSide().asking())
                .orElse(AskingSettings.NONE);
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return variable(TOKEN);
        }
        String token = read(tokenFile, "--token-file").strip();
        if (token.isEmpty()) {
            throw wrong("--token-file is " + tokenFile + ", which is empty, must have a token");
        }
        return Optional.of(token);
    }

    private static URI checked(String address, String setting) {
        if (!ValueType.isUrl(address)) {
            throw wrong(
                    setting + " is '" + address + "', must be an http or https URL such as " + AskedConsole.DEFAULT);
        }
        URI uri = URI.create(address);
        if (uri.getUserInfo() != null) {
            throw wrong(setting + " has a user in it, must not; a token is in FOUNDLING_TOKEN or --token-file");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw wrong(setting + " is '" + address + "', must end with the address or a path");
        }
        return uri;
    }

    private static SSLContext tls(Path file) {
        try {
            return PemTls.of(Optional.of(read(file, "--ca-file or console.caFile")), Optional.empty());
        } catch (KafkaException unusable) {
            throw wrong("--ca-file or console.caFile is " + file + ", which has no usable certificates (PEM): "
                    + Causes.sentence(unusable));
        }
    }

    private static String read(Path file, String setting) {
        try {
            return TextFile.read(file);
        } catch (FileSystemException unreadable) {
            throw wrong(setting + " is " + file + ", which " + unreadable.getReason());
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static CommandFailure wrong(String sentence) {
        return new CommandFailure(ExitCode.USAGE, sentence);
    }
}
