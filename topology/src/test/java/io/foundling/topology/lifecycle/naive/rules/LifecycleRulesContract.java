package io.foundling.topology.lifecycle.naive.rules;

/** The lifecycle rules by example, worked out by hand from RULES.md. */
public abstract class LifecycleRulesContract
        implements StatusRules,
                ExpectedRules,
                AttemptRules,
                OverdueRules,
                WarningRules,
                ReminderRules,
                ParentRules,
                CancelledParentRules,
                ExtensionRules,
                MetadataRules,
                OutOfStepRules,
                EndOfTheNextRunRules,
                RestartRules {}
