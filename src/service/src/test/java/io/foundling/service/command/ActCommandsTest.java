package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.client.LossReason;
import io.foundling.console.access.Access;
import io.foundling.service.asking.ConsoleRig;
import io.foundling.service.asking.ConsoleStory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acts on a real console. */
class ActCommandsTest {

    private static final String RECORD = "record/university/declaration/4718";
    private static final String ID = "7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10";

    @TempDir
    private Path directory;

    private ConsoleRig rig;

    @BeforeEach
    void startConsole() {
        rig = new ConsoleRig(directory, Access.local());
        ConsoleStory.write(rig);
    }

    @AfterEach
    void stopConsole() {
        rig.close();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.with(Map.of("FOUNDLING_CONSOLE_URL", rig.url()), arguments);
    }

    @Test
    void shouldActOnOneSubject() {
        assertThat(run("act", "extend", RECORD, "--until", "6h", "--reason", "the bank is late")
                        .out())
                .startsWith("recorded extend of " + RECORD + " by local as event ");
        assertThat(rig.recorder().last().getBody())
                .isEqualTo(new Extended(ConsoleRig.NOW.plus(Duration.ofHours(6)), null));
        run("act", "cancel", RECORD, "--reason", "sold");
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Cancelled("sold", "local"));
        run("act", "annotate", RECORD, "--reason", "seen", "--set", "ticket=OPS-1", "--set", "by=a=b");
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Annotated());
        assertThat(rig.recorder().last().getMetadata())
                .containsEntry("ticket", "OPS-1")
                .containsEntry("by", "a=b");
        run("act", "erase", RECORD, "--reason", "asked to");
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Erased("asked to", "local"));
        run("act", "expect", "record/university/declaration/new", "--reason", "promised");
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Expected(null, null, "promised"));
        assertThat(rig.recorder().events()).hasSize(5);
    }

    @Test
    void shouldActOnAllThatAFilterLists() {
        CommandRun cancelled =
                run("act", "cancel", "--source", "university", "--status", "PENDING", "--reason", "x", "--yes");
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        assertThat(cancelled.err()).startsWith("cancel is for 1 subjects, such as " + RECORD);
        assertThat(cancelled.out()).isEqualTo("done: 1 recorded, 0 skipped, 0 failed, 0 left\n");
        assertThat(rig.recorder().events()).hasSize(1);
    }

    @Test
    void shouldDoNothingWhenNobodyCanConfirm() {
        CommandRun refused = run("act", "cancel", "--source", "university", "--reason", "x");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("nothing was done", "give --yes");
        assertThat(rig.recorder().events()).isEmpty();
    }

    @Test
    void shouldRepeatWithTheSameEvent() {
        rig.recorder().loseNext(LossReason.REFUSED);
        CommandRun lost = run("act", "cancel", RECORD, "--reason", "x", "--id", ID);
        assertThat(lost.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(lost.err()).contains("did not acknowledge", ID);
        run("act", "cancel", RECORD, "--reason", "x", "--id", ID);
        assertThat(rig.recorder().events())
                .extracting(AuditEvent::getEventId)
                .containsExactly(rig.recorder().lost().get(0).getEventId());
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThat(run("act", "cancel", "--reason", "x").err()).contains("either a KEY or a filter");
        assertThat(run("act", "cancel", RECORD, "--source", "a", "--reason", "x")
                        .err())
                .contains("either a KEY or a filter");
        assertThat(run("act", "extend", RECORD, "--until", "yesterday", "--reason", "x")
                        .err())
                .contains("--until is 'yesterday', must be a moment to come");
        assertThat(run("act", "cancel", RECORD).err()).contains("--reason");
        assertThat(run("act", "cancel", "record/university/declaration/none", "--reason", "x")
                        .exitCode())
                .isEqualTo(ExitCode.UNKNOWN);
        assertThat(run("act", "cancel", "--list", "orphans", "--reason", "x", "--yes")
                        .err())
                .contains("must name a source, a stage or a parent");
        assertThat(run("act").err()).contains("an act is missing");
        assertThat(rig.recorder().events()).isEmpty();
    }
}
