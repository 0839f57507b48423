{{/* What the values say of the pods of all processes, the ledger's among them. Each of these takes the root. */}}

{{/* Where pods run, and what runs before them. */}}
{{- define "foundling.placement" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.initContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Variables that name files of Secrets, and those of the values. */}}
{{- define "foundling.extraEnv" -}}
{{- range $secret := .Values.secrets }}
{{- range $setting, $key := $secret.settings }}
- name: {{ include "foundling.variable" $setting }}_FILE
  value: {{ include "foundling.secretDirectory" (dict "root" $ "name" $secret.name) }}/{{ $key }}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Takes a dict: root, name, labels and selector, and the name of the service that would be monitored instead. */}}
{{- define "foundling.podMonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ .name }}
  labels:
    {{- .labels | nindent 4 }}
    {{- with .root.Values.monitoring.podMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  # The label job is the name of the process, whatever the release is called; the alert rules rely on it.
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- .selector | nindent 6 }}
  podMetricsEndpoints:
    - port: http
      path: /metrics
      interval: {{ .root.Values.monitoring.podMonitor.interval }}
      relabelings:
        # As a ServiceMonitor has it; the alert rules group by it.
        - targetLabel: service
          replacement: {{ .service }}
{{- end }}
