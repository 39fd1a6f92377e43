#!/bin/sh
# Makes the clips in corpus/ and, from FFmpeg's own decoding of them, corpus/expected.json. Tests need neither: both are
# committed. Needs FFmpeg 5.1 or later with libx264, libx265, libvpx and libaom, and Python 3.
#
# corpus/browser/ is not made here: Chromium's MediaRecorder wrote those files (96 x 64 canvas, 1.5 s, 400 ms slices).
set -eu
cd "$(dirname "$0")/corpus"
rm -f -- *.mp4 *.mov *.webm *.mkv *.avi expected.json

# A window that wanders over a test pattern, with a little grain: motion and residue for every coding tool.
source_of() {
    pattern="testsrc2=size=320x240:rate=$2:duration=$3"
    window="crop=${1%x*}:${1#*x}:mod(n*3\\,200):mod(n*2\\,150)"
    echo "-f lavfi -i $pattern,$window,noise=alls=5:allf=t:all_seed=7"
}
make() { ffmpeg -v error -y "$@"; }
# FFmpeg's own mark and x264's are left out: a clip is made of pictures, not of advertisements.
plain="-fflags +bitexact -flags:v +bitexact -map_metadata -1"
x264="-c:v libx264 -pix_fmt yuv420p -crf 24 -threads 1 -bsf:v filter_units=remove_types=6 $plain"
x265="-c:v libx265 -pix_fmt yuv420p -crf 28 -threads 1 -bsf:v filter_units=remove_types=39 $plain"
vpx="-b:v 80k -threads 1 $plain"
small=$(source_of 64x48 30 0.7)

# H.264 in MP4: what recorders write.
make $small $x264 -profile:v baseline h264_moov_at_end.mp4
make $small $x264 -profile:v high -bf 3 -refs 4 -x264-params b-pyramid=normal:weightb=1 -movflags +faststart h264_b_frames.mp4
make $small $x264 -profile:v main -bf 2 h264_quicktime.mov
make $small $x264 -profile:v baseline -g 7 -movflags +frag_keyframe+empty_moov+default_base_moof h264_fragmented.mp4
make $small $x264 -profile:v high -bf 2 -g 7 -movflags +frag_keyframe h264_fragmented_absolute.mp4
make $small $x264 -profile:v baseline -slices 3 h264_slices.mp4
make $(source_of 70x50 30 0.5) $x264 -profile:v high h264_cropped.mp4
make $(source_of 64x48 60 0.7) $x264 -profile:v baseline -g 20 h264_60_hz.mp4
make $(source_of 64x48 6 2) $x264 -profile:v baseline h264_6_hz.mp4
make $(source_of 64x48 30 1) -vf "setpts='if(lt(N,8),N*33,300+(N-8)*(N-8)*9)/1000/TB'" -vsync vfr $x264 -bf 2 h264_variable_rate.mp4
make $(source_of 64x48 30 1) $x264 -bf 2 -g 15 whole.mp4
make -ss 0.35 -i whole.mp4 -c copy $plain h264_trimmed_start.mp4
make -itsoffset 0.4 -i whole.mp4 -t 0.8 -c copy $plain h264_late_start.mp4
rm whole.mp4
make $small -vf scale=out_color_matrix=bt709:out_range=full $x264 -colorspace bt709 -color_range pc -color_primaries bt709 -color_trc bt709 h264_bt709_full.mp4
make $small -vf scale=out_color_matrix=bt709 $x264 -colorspace bt709 -color_range tv h264_bt709.mp4

# HEVC.
make $small $x265 -tag:v hvc1 -x265-params log-level=none:bframes=3:keyint=8:open-gop=1 hevc_open_gop.mp4
make $small $x265 -tag:v hev1 -x265-params log-level=none:repeat-headers=1 -movflags +frag_keyframe+empty_moov hevc_fragmented.mp4
make $small $x265 -pix_fmt yuv420p10le -tag:v hvc1 -x265-params log-level=none hevc_main10.mov
make $(source_of 70x50 30 0.5) $x265 -tag:v hvc1 -x265-params log-level=none hevc_cropped.mp4

# VP8 and VP9. The live ones go through a pipe, so that nothing can be filled in afterwards.
make $small -c:v libvpx $vpx -auto-alt-ref 1 -lag-in-frames 8 vp8_hidden_frames.webm
make $(source_of 96x70 30 0.6) -vf scale=65:47 -c:v libvpx $vpx -slices 4 vp8_odd_size.webm
for profile in 1 2 3; do make $small -c:v libvpx $vpx -profile:v $profile vp8_profile_$profile.webm; done
make $small -c:v libvpx $vpx -deadline realtime -live 1 -f webm - | cat > vp8_live.webm
make $small -c:v libvpx-vp9 $vpx -auto-alt-ref 1 -lag-in-frames 8 vp9_hidden_frames.webm
make $(source_of 96x70 30 0.6) -vf scale=65:47 -c:v libvpx-vp9 $vpx vp9_odd_size.webm
make $small -c:v libvpx-vp9 $vpx -deadline realtime vp9.mp4
make $small -c:v libvpx-vp9 $vpx -deadline realtime -live 1 -f webm - | cat > vp9_live.webm
make $small $x264 -bf 2 h264.mkv

# More than one key frame, so that decoding can begin in the middle.
make $small $x264 -bf 2 -g 7 h264_key_frames.mp4
make $small $x264 -bf 2 -g 7 -bsf:v dump_extra=freq=keyframe,filter_units=remove_types=6 -tag:v avc3 h264_sets_in_key_frames.mp4
make $small $x264 -bf 2 -g 7 -x264-params open-gop=1 h264_open_gop.mp4
make $small $x265 -tag:v hvc1 -x265-params log-level=none:bframes=3:keyint=7:min-keyint=7:open-gop=0 hevc_key_frames.mp4
make $small $x265 -tag:v hvc1 -x265-params log-level=none:bframes=3:keyint=8:min-keyint=8:open-gop=0:radl=2 hevc_leading_pictures.mp4
make $small -c:v libvpx $vpx -g 7 -auto-alt-ref 1 -lag-in-frames 8 vp8_key_frames.webm
make $small -c:v libvpx-vp9 $vpx -g 7 -auto-alt-ref 1 -lag-in-frames 8 vp9_key_frames.webm

# What is refused, and must be named.
tiny=$(source_of 64x48 10 0.2)
make $tiny -c:v mpeg4 $plain refused_mpeg4.mp4
make $tiny -c:v libaom-av1 -cpu-used 8 $plain refused_av1.mp4
make $tiny -c:v libaom-av1 -cpu-used 8 $plain refused_av1.webm
make $tiny -c:v prores_ks -profile:v 0 $plain refused_prores.mov
make $tiny -c:v mjpeg $plain refused_mjpeg.mov
make $tiny -c:v libx264 -pix_fmt yuv420p10le $plain refused_h264_10_bit.mp4
make $tiny -c:v libx264 -pix_fmt yuv422p $plain refused_h264_422.mp4
make $tiny -c:v libx264 -pix_fmt yuv420p -flags +ildct+ilme -x264-params tff=1 $plain refused_h264_interlaced.mp4
make $tiny -c:v libx265 -pix_fmt yuv444p -x265-params log-level=none $plain refused_hevc_444.mp4
make $tiny -c:v libvpx-vp9 -pix_fmt yuv444p $plain refused_vp9_profile_1.webm
make $tiny -c:v mpeg4 $plain refused.avi
printf "file '%s'\n" "$PWD/vp8_live.webm" "$PWD/vp8_odd_size.webm" > /tmp/parts.txt
make -f concat -safe 0 -i /tmp/parts.txt -c copy $plain refused_size_changes.webm
make -f lavfi -i anullsrc -t 0.1 -c:a aac $plain refused_sound_only.mp4

python3 ../fixtures.py
