{{/* Where accepted events are kept until the broker has them. */}}
{{- define "foundling.spoolDirectory" -}}
{{- dig "intake" "spoolDirectory" (printf "%s/spool" .Values.image.stateDirectory) .Values.config -}}
{{- end }}

{{/* The mount that the spool is in, as JSON: the innermost one, and of two at one path the later one; {} if there is none. */}}
{{- define "foundling.spoolMount" -}}
{{- $spool := printf "%s/" (include "foundling.spoolDirectory" . | clean | trimSuffix "/") -}}
{{- $state := dict "name" "state" "mountPath" .Values.image.stateDirectory -}}
{{- $temporary := dict "name" "temporary" "mountPath" .Values.image.temporaryDirectory -}}
{{- $innermost := dict -}}
{{- $longest := 0 -}}
{{- range concat (list $state $temporary) .Values.extraVolumeMounts -}}
{{- $path := printf "%s/" (.mountPath | default "" | clean | trimSuffix "/") -}}
{{- if and (hasPrefix $path $spool) (ge (len $path) $longest) -}}
{{- $innermost = . -}}
{{- $longest = len $path -}}
{{- end -}}
{{- end -}}
{{- toJson $innermost -}}
{{- end }}

{{/* Why events would be lost in a mount, or cannot be written into it; empty if they are safe there. Takes a dict: root and mount. */}}
{{- define "foundling.spoolProblem" -}}
{{- $name := .mount.name | default "" -}}
{{- $volumes := dict "state" (dict "persistentVolumeClaim" dict) "temporary" dict -}}
{{- range .root.Values.extraVolumes -}}
{{- $_ := set $volumes .name . -}}
{{- end -}}
{{- /* Kubernetes takes a volume without a kind for an emptyDir. */ -}}
{{- $kind := "emptyDir" -}}
{{- $readOnly := .mount.readOnly -}}
{{- range $key, $source := get $volumes $name | default dict -}}
{{- if kindIs "map" $source -}}
{{- $kind = $key -}}
{{- $readOnly = or $readOnly $source.readOnly -}}
{{- end -}}
{{- end -}}
{{- if not $name -}}
on no volume
{{- else if eq $name "temporary" -}}
below image.temporaryDirectory, which is emptied when a pod is replaced
{{- else if not (hasKey $volumes $name) -}}
on the volume {{ $name }}, which extraVolumes does not define
{{- else if has $kind (list "emptyDir" "ephemeral" "gitRepo") -}}
on the volume {{ $name }}, which is deleted with its pod, because its kind is {{ $kind }}
{{- else if has $kind (list "configMap" "secret" "projected" "downwardAPI" "image") -}}
on the volume {{ $name }}, which pods cannot write, because its kind is {{ $kind }}
{{- else if $readOnly -}}
on the volume {{ $name }}, which pods cannot write, because it is readOnly
{{- end -}}
{{- end }}

{{/* The bytes of a size of the configuration, such as 10GiB, or of a quantity of Kubernetes, such as 12Gi. */}}
{{- define "foundling.bytes" -}}
{{- if kindIs "string" . -}}
{{- $units := dict "" 1 "m" 0.001 "k" 1e3 "K" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- mulf (regexFind "^[0-9.]+" .) (get $units (regexFind "[kKMGTm]i?" .)) -}}
{{- else -}}
{{- int64 . -}}
{{- end -}}
{{- end }}

{{/* Fails where the volume of a process has no room for all that it keeps there. Takes a dict: root, process, and kept, a list of
settings, each with a name and a size. */}}
{{- define "foundling.roomCheck" -}}
{{- $volume := (get .root.Values .process).storage.size -}}
{{- $names := list -}}
{{- $sizes := list -}}
{{- $bytes := 0 -}}
{{- range .kept -}}
{{- $names = append $names .name -}}
{{- $sizes = append $sizes (kindIs "string" .size | ternary .size (int64 .size | toString)) -}}
{{- $bytes = addf $bytes (include "foundling.bytes" .size) -}}
{{- end -}}
{{- if ge $bytes (include "foundling.bytes" $volume | float64) -}}
{{- fail (printf "%s.storage.size is %s, expected more than %s%s, %s, because %s on that volume; lower %s, or raise %s.storage.size. If the StatefulSet exists, enlarge its claims and delete it with --cascade=orphan before, see FoundlingDiskLow in deploy/README.md" .process $volume (join " and " $names) (ternary " together" "" (gt (len $names) 1)) (join " and " $sizes) (ternary "the file of SQLite and the spool are" "the spool is" (gt (len $names) 1)) (join " or " $names) .process) -}}
{{- end -}}
{{- end }}

{{/* That a spool is on a volume that outlives its pod and has room for it. */}}
{{- define "foundling.spoolChecks" -}}
{{- if or (include "foundling.intakeSpools" .) (include "foundling.consoleSpools" .) -}}
{{- $mount := include "foundling.spoolMount" . | fromJson -}}
{{- with include "foundling.spoolProblem" (dict "root" . "mount" $mount) -}}
{{- fail (printf "config.intake.spoolDirectory is %s, %s; expected a directory on a volume that outlives its pod and that pods can write, such as that of image.stateDirectory, %s; change config.intake.spoolDirectory, or what extraVolumes and extraVolumeMounts mount there" (include "foundling.spoolDirectory" $) . $.Values.image.stateDirectory) -}}
{{- end -}}
{{- $spool := dict "name" "config.intake.spoolMaxSize" "size" (dig "intake" "spoolMaxSize" "1GiB" .Values.config) -}}
{{- $file := dict "name" "config.console.maxSize" "size" (dig "console" "maxSize" "10GiB" .Values.config) -}}
{{- if eq $mount.name "state" -}}
{{- if include "foundling.intakeSpools" . -}}
{{- include "foundling.roomCheck" (dict "root" . "process" "intake" "kept" (list $spool)) -}}
{{- end -}}
{{- if include "foundling.consoleSpools" . -}}
{{- $kept := ternary (list $file $spool) (list $spool) (not (empty (include "foundling.consoleKeepsFile" .))) -}}
{{- include "foundling.roomCheck" (dict "root" . "process" "console" "kept" $kept) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
