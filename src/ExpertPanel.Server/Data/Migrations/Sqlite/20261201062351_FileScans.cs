using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FileScans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "NextScanAt",
                table: "inbound_mails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Scan",
                table: "inbound_mails",
                type: "TEXT",
                nullable: false,
                defaultValue: "waiting");

            migrationBuilder.AddColumn<string>(
                name: "ScanFind",
                table: "inbound_mails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ScannedAt",
                table: "inbound_mails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "HasMacros",
                table: "files",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "NextScanAt",
                table: "files",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Scan",
                table: "files",
                type: "TEXT",
                nullable: false,
                defaultValue: "waiting");

            migrationBuilder.AddColumn<string>(
                name: "ScanFind",
                table: "files",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ScannedAt",
                table: "files",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_inbound_mails_NextScanAt",
                table: "inbound_mails",
                column: "NextScanAt",
                filter: "\"Scan\" = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_files_NextScanAt",
                table: "files",
                column: "NextScanAt",
                filter: "\"Scan\" = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_files_TenantId",
                table: "files",
                column: "TenantId",
                filter: "\"Scan\" = 'infected'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_inbound_mails_NextScanAt",
                table: "inbound_mails");

            migrationBuilder.DropIndex(
                name: "IX_files_NextScanAt",
                table: "files");

            migrationBuilder.DropIndex(
                name: "IX_files_TenantId",
                table: "files");

            migrationBuilder.DropColumn(
                name: "NextScanAt",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "Scan",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "ScanFind",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "ScannedAt",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "HasMacros",
                table: "files");

            migrationBuilder.DropColumn(
                name: "NextScanAt",
                table: "files");

            migrationBuilder.DropColumn(
                name: "Scan",
                table: "files");

            migrationBuilder.DropColumn(
                name: "ScanFind",
                table: "files");

            migrationBuilder.DropColumn(
                name: "ScannedAt",
                table: "files");
        }
    }
}
