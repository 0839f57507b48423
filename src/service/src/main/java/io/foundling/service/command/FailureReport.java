package io.foundling.service.command;

import io.foundling.console.policies.TrailNotReadException;
import io.foundling.console.web.CannotServeException;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.schemas.registry.SchemaRejectedException;
import io.foundling.service.asking.AskingException;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.http.CannotListenException;
import io.foundling.service.mapping.InvalidMappingException;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.service.state.UnusableStateException;
import io.foundling.service.topics.BrokerUnavailableException;
import io.foundling.service.topics.OtherApplicationException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Reports a failed command as a sentence and an exit code. The stack trace goes to the log, at DEBUG only. The sentence
 * goes to standard error, except that a process whose log is JSON logs it: who reads that log reads nothing else.
 */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private final boolean isLogJson;

    FailureReport(Map<String, String> environment) {
        isLogJson = LogFormat.isJson(environment);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        LOG.debug("{} failed", command.getCommandSpec().qualifiedName(), failure);
        String sentence = command.getCommandSpec().qualifiedName() + ": " + sentence(failure);
        if (isLogJson && command.getCommandSpec().userObject() instanceof RunCommand) {
            LOG.error(sentence);
        } else {
            command.getErr().println(sentence);
        }
        return exitCode(failure);
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + wrong.getMessage());
        command.getErr().println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known.exitCode();
        }
        if (failure instanceof AskingException unanswered) {
            return switch (unanswered.kind()) {
                case UNAVAILABLE -> ExitCode.UNAVAILABLE;
                case WRONG -> ExitCode.USAGE;
                case UNKNOWN -> ExitCode.UNKNOWN;
            };
        }
        if (failure instanceof ConfigurationException
                || failure instanceof InvalidMappingException
                || failure instanceof ConfigException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof UnusableStateException) {
            return ExitCode.STATE;
        }
        if (failure instanceof OtherApplicationException) {
            return ExitCode.OTHER_APPLICATION;
        }
        return isUnavailable(failure) ? ExitCode.UNAVAILABLE : ExitCode.UNEXPECTED;
    }

    private static boolean isUnavailable(Exception failure) {
        return failure instanceof BrokerUnavailableException
                || failure instanceof TrailNotReadException
                || failure instanceof RegistryUnavailableException
                || failure instanceof SchemaRejectedException
                || failure instanceof UnusableTopicsException
                || failure instanceof CannotListenException
                || failure instanceof CannotServeException;
    }

    private static String sentence(Exception failure) {
        if (failure instanceof AskingException unanswered
                && !unanswered.faults().isEmpty()) {
            return wrongOptions(unanswered);
        }
        if (exitCode(failure) != ExitCode.UNEXPECTED) {
            return failure.getMessage();
        }
        return "unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                + " (FOUNDLING_LOG_LEVEL=DEBUG logs the details)";
    }

    /** The API names its parameters, and people know the options: {@code minAge} is {@code --min-age}. */
    private static String wrongOptions(AskingException unanswered) {
        return unanswered.faults().stream()
                .map(fault -> fault.sentence().startsWith(fault.parameter() + " ")
                        ? option(fault.parameter())
                                + fault.sentence().substring(fault.parameter().length())
                        : fault.sentence())
                .collect(Collectors.joining("; "));
    }

    private static String option(String parameter) {
        return "--" + parameter.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
